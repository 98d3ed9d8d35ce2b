"""Health checks. Hosted zones and records are ministack's own."""

from ministack.core.responses import new_uuid

from emulator.handler import Created, Handler
from emulator.service_api import call, first, to_xml

PATH = "/2013-04-01/healthcheck"


def _config(properties: dict) -> str:
    """The configuration as XML; the API names list members in the singular."""
    return "".join(to_xml(key, value, item=key.removesuffix("s")) for key, value in properties["HealthCheckConfig"].items())


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    reference = to_xml("CallerReference", new_uuid())
    body = f"<CreateHealthCheckRequest>{reference}<HealthCheckConfig>{_config(properties)}</HealthCheckConfig></CreateHealthCheckRequest>"
    identifier = first(call("route53", "POST", PATH, {}, body), "Id")
    return identifier, {"HealthCheckId": identifier}


def _update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    body = f"<UpdateHealthCheckRequest>{_config(new)}</UpdateHealthCheckRequest>"
    call("route53", "POST", f"{PATH}/{identifier}", {}, body)
    return identifier, {"HealthCheckId": identifier}


def _delete(identifier: str, properties: dict) -> None:
    call("route53", "DELETE", f"{PATH}/{identifier}", {}, "")


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::Route53::HealthCheck": {"create": _create, "update": _update, "delete": _delete}}
