"""Caches by ElastiCache's own API, so that ``describe-replication-groups`` sees them, and the global datastores that join them.

No engine runs behind a cache. Endpoints have the form that ElastiCache gives them; a cluster has one that knows all shards, however many.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region

from emulator import attributes, state
from emulator.handler import Created, Handler
from emulator.identifiers import digest
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import in_region, service

GROUP = "AWS::ElastiCache::ReplicationGroup"
DATASTORE = "AWS::ElastiCache::GlobalReplicationGroup"

INHERITED = ("Engine", "EngineVersion", "CacheNodeType", "NumNodeGroups", "AtRestEncryptionEnabled", "TransitEncryptionEnabled", "TransitEncryptionMode")
"""What a member takes from its global datastore: AWS refuses them beside its id."""

PREFIXES = {"us-east-1": "ldgnf", "us-east-2": "fpkhr", "us-west-1": "virxk", "us-west-2": "sgaui"}
"""What ElastiCache puts before the name of a datastore, by region; elsewhere five letters of no meaning."""


def datastore(identifier: str) -> dict | None:
    """A global datastore of the calling account, whichever region made it."""
    return next((held for key, held in _datastores() if key.endswith(f"|{identifier}")), None)


def datastore_of(group: str) -> str | None:
    """Id of the global datastore whose primary member is this group of the calling region."""
    here = state.key(DATASTORE, "")
    return next((key.split("|")[-1] for key, held in _datastores() if key.startswith(here) and primary_of(held) == group), None)


def primary_of(held: dict) -> str:
    """Id of the primary member."""
    return next((member["ReplicationGroupId"] for member in held["Members"] if member.get("Role") == "PRIMARY"), "")


def secondaries(identifier: str) -> list[str]:
    """Ids of the groups that joined a global datastore, in all regions."""
    here = f"{get_account_id()}|"
    return [key.split("|")[-1] for key, held in state.recorded.items() if key.startswith(here) and f"|{GROUP}|" in key and held["GlobalReplicationGroupId"] == identifier]


def _datastores() -> list[tuple[str, dict]]:
    account = f"{get_account_id()}|"
    return [(key, held) for key, held in state.recorded.items() if key.startswith(account) and f"|{DATASTORE}|" in key]


def _inherited(properties: dict) -> dict[str, Any]:
    held = datastore(properties.get("GlobalReplicationGroupId") or "")
    return dict(held["Shared"]) if held else {}


def is_cluster(properties: dict) -> bool:
    """Whether the keys of a group are spread over shards, as its parameters say, or its datastore's."""
    name = properties.get("CacheParameterGroupName") or ""
    parameters = service("elasticache")._param_group_params.get(name) or {}
    value = (parameters.get("cluster-enabled") or {}).get("Value")
    return value == "yes" or name.endswith(".cluster.on") or int(properties.get("NumNodeGroups") or 1) > 1


def _endpoint(kind: str, group: str, port: int) -> dict:
    return {"Address": f"{kind}.{group}.{digest(group, 6)}.{get_region().replace('-', '')}.cache.amazonaws.com", "Port": port}


def _named(group: str, properties: dict, cluster: bool) -> None:
    """Gives the record of a group the endpoints and the mode that it has in AWS."""
    record, port = service("elasticache")._replication_groups[group], int(properties.get("Port") or 6379)
    for shard in record["NodeGroups"]:
        shard["PrimaryEndpoint"], shard["ReaderEndpoint"] = _endpoint("master", group, port), _endpoint("replica", group, port)
    record["ClusterEnabled"], record["ClusterMode"] = cluster, "enabled" if cluster else "disabled"
    record["ConfigurationEndpoint"] = _endpoint("clustercfg", group, port) if cluster else None


def _group(native: Handler) -> Handler:
    provisioners = module(f"{CLOUDFORMATION}.provisioners")

    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        shared = _inherited(properties)
        identifier, _ = native["create"](logical_id, shared | properties, stack_name)
        _named(identifier, properties, shared.get("IsCluster") or is_cluster(properties))
        if shared:
            state.recorded[state.key(GROUP, identifier)] = properties
        return identifier, provisioners._ec_rg_attrs(identifier)

    def delete(identifier: str, properties: dict) -> None:
        state.recorded.pop(state.key(GROUP, identifier), None)
        native["delete"](identifier, properties)

    return {**native, "create": create, "delete": delete}


def _create_datastore(logical_id: str, properties: dict, stack_name: str) -> Created:
    identifier = f"{PREFIXES.get(get_region()) or digest(get_region(), 5)}-{properties['GlobalReplicationGroupIdSuffix']}"
    key = state.key(DATASTORE, identifier)
    if key in state.recorded:
        raise ValueError(f"Resource of type '{DATASTORE}' with identifier '{identifier}' already exists.")
    member = next(one for one in properties["Members"] if one.get("Role") == "PRIMARY")
    with in_region(member["ReplicationGroupRegion"]):
        record = service("elasticache")._replication_groups[member["ReplicationGroupId"]]
    values = record | {"NumNodeGroups": record["_num_node_groups"]}
    shared = {name: values[name] for name in INHERITED if values.get(name) is not None}
    state.recorded[key] = properties | {"Shared": shared | {"IsCluster": record["ClusterEnabled"]}}
    return identifier, attributes.complete(DATASTORE, identifier, properties) | {"GlobalReplicationGroupId": identifier, "Status": "available"}


def _update_datastore(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    state.recorded[state.key(DATASTORE, identifier)].update(new)
    return identifier, attributes.complete(DATASTORE, identifier, new) | {"GlobalReplicationGroupId": identifier, "Status": "available"}


def _delete_datastore(identifier: str, properties: dict) -> None:
    state.recorded.pop(state.key(DATASTORE, identifier), None)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    service_module = service("elasticache")
    service_module._get_docker = lambda: None
    native = module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[GROUP]
    return {GROUP: _group(native), DATASTORE: {"create": _create_datastore, "update": _update_datastore, "delete": _delete_datastore}}
