"""Capacity providers of an ECS cluster."""

from emulator.handler import Created, Handler
from emulator.service_api import json_call

TARGET = "AmazonEC2ContainerServiceV20141113.PutClusterCapacityProviders"


def _put(cluster: str, providers: list[str], strategy: list[dict]) -> None:
    items = [{key[0].lower() + key[1:]: value for key, value in item.items()} for item in strategy]
    json_call("ecs", TARGET, cluster=cluster, capacityProviders=providers, defaultCapacityProviderStrategy=items)


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    _put(properties["Cluster"], properties.get("CapacityProviders") or [], properties["DefaultCapacityProviderStrategy"])
    return properties["Cluster"], {}


def _update(cluster: str, old: dict, new: dict, stack_name: str) -> Created:
    return _create("", new, stack_name)


def _delete(cluster: str, properties: dict) -> None:
    _put(cluster, [], [])


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::ECS::ClusterCapacityProviderAssociations": {"create": _create, "update": _update, "delete": _delete}}
