"""Relations between resources that AWS enforces: what must exist before another, and what must be gone."""

from emulator.relations import (
    api_gateway,
    aurora,
    buckets,
    caches,
    databases,
    dns,
    existence,
    keys,
    kubernetes,
    network,
    operations,
    protection,
    proxies,
    region_switch,
    scaling,
    secrets,
    spending,
    traffic,
)
from emulator.relations.check import DeleteCheck, WriteCheck


def _collected(name: str) -> dict[str, list]:
    checks: dict[str, list] = {}
    for module in (existence, kubernetes, network, keys, buckets, databases, aurora, proxies, caches, traffic, dns, scaling, region_switch, api_gateway, operations, secrets, spending, protection):
        for resource_type, check in getattr(module, name, {}).items():
            checks.setdefault(resource_type, []).append(check)
    return checks


ON_WRITE: dict[str, list[WriteCheck]] = _collected("ON_WRITE")
ON_DELETE: dict[str, list[DeleteCheck]] = _collected("ON_DELETE")


def check_write(resource_type: str, properties: dict, physical_id: str | None = None) -> None:
    """Raises ValueError when something that ``properties`` refer to is missing or does not allow it.

    ``physical_id`` is None for a create.
    """
    for check in ON_WRITE.get(resource_type, ()):
        check(properties, physical_id)


def check_delete(resource_type: str, physical_id: str, properties: dict) -> None:
    """Raises ValueError when the resource is protected, not empty or in use. ``physical_id`` is ministack's."""
    for check in ON_DELETE.get(resource_type, ()):
        check(physical_id, properties)
