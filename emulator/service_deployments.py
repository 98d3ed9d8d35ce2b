"""Another capacity provider strategy is another deployment of an ECS service, which shows it: ministack changes the service alone.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
"""

from collections.abc import Callable
from typing import Any

from emulator.service_api import service

STRATEGY = "capacityProviderStrategy"


def _record(data: dict) -> dict:
    ecs = service("ecs")
    cluster, found = ecs._resolve_cluster_name(data.get("cluster", "default")), ecs._resolve_service_ref(data.get("service", ""))
    return (ecs._services.get(f"{cluster}/{found[0]}") if cluster and found else None) or {}


def _deploying(native: Callable[[dict], Any]) -> Callable[[dict], Any]:
    def update(data: dict) -> Any:
        record, wanted = _record(data), data.get(STRATEGY)
        former = record.get(STRATEGY)
        if not record or not wanted or wanted == former:
            return native(data)
        record[STRATEGY] = wanted
        answer = native(data | {"forceNewDeployment": True})
        if answer[0] >= 400:
            record[STRATEGY] = former
        return answer

    return update


def install() -> None:
    """Makes a deployment of every change of the strategy."""
    ecs = service("ecs")
    ecs._update_service = ecs._ACTION_MAP["UpdateService"] = _deploying(ecs._update_service)
