"""What ElastiCache asks of a cache, and what must be gone before a cache or what it uses goes.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""

from ministack.core.responses import get_region

from emulator.driven.caches import DATASTORE, GROUP, INHERITED, datastore, datastore_of, is_cluster, secondaries
from emulator.relations.check import DeleteCheck, WriteCheck
from emulator.service_api import Refused, in_region, service


def _refused(code: str, message: str) -> Refused:
    return Refused("ElastiCache", 400, code, message)


def _is_on(value: object) -> bool:
    return str(value).lower() == "true"


def _replicas(properties: dict) -> int:
    if properties.get("NumCacheClusters"):
        return int(properties["NumCacheClusters"]) - 1
    return int(properties.get("ReplicasPerNodeGroup") or 0)


def _member(properties: dict, physical_id: str | None) -> None:
    identifier = properties["GlobalReplicationGroupId"]
    if physical_id is None and datastore(identifier) is None:
        raise _refused("NotFound", f"Global Replication Group {identifier} not found.")
    if any(name in properties for name in (*INHERITED, "CacheParameterGroupName")):
        raise _refused("InvalidRequest", "Cannot use the given parameters when creating new replication group in an existing global replication group.")


def _group(properties: dict, physical_id: str | None) -> None:
    joins = bool(properties.get("GlobalReplicationGroupId"))
    if joins:
        _member(properties, physical_id)
    if properties.get("AuthToken") and not joins and not _is_on(properties.get("TransitEncryptionEnabled")):
        raise _refused("InvalidRequest", "The AUTH token is only supported when encryption-in-transit is enabled")
    fails_over = _is_on(properties.get("AutomaticFailoverEnabled"))
    if not fails_over and not joins and is_cluster(properties):
        raise _refused("InvalidRequest", "Redis with cluster mode enabled cannot be created with auto failover turned off.")
    if fails_over and not joins and not is_cluster(properties) and _replicas(properties) < 1:
        raise _refused("InvalidRequest", "When using automatic failover, there must be at least 2 cache clusters in the replication group.")
    if _is_on(properties.get("MultiAZEnabled")) and (not fails_over or _replicas(properties) < 1):
        raise _refused("InvalidRequest", "Multi-AZ needs automatic failover and at least one replica in each node group.")


def _datastore(properties: dict, physical_id: str | None) -> None:
    for member in properties["Members"]:
        with in_region(member.get("ReplicationGroupRegion") or get_region()):
            group = service("elasticache")._replication_groups.get(member.get("ReplicationGroupId"))
        if group is None:
            raise _refused("NotFound", f"Replication group {member.get('ReplicationGroupId')} not found")
        if ".t" in group["CacheNodeType"]:
            raise _refused("InvalidRequest", f"Global Replication Group is not supported for node type {group['CacheNodeType']}.")


def _group_delete(identifier: str, properties: dict) -> None:
    held = datastore_of(identifier)
    if held:
        raise _refused("InvalidRequest", f"Cluster [{identifier}] is part of a global cluster [{held}]. Request rejected.")


def _datastore_delete(identifier: str, properties: dict) -> None:
    if secondaries(identifier):
        raise _refused("InvalidRequest", f"Global Replication Group {identifier} has secondary members. Disassociate them first.")


def _subnets_delete(name: str, properties: dict) -> None:
    if any(group.get("CacheSubnetGroupName") == name for group in service("elasticache")._replication_groups.values()):
        raise _refused("InvalidRequest", f"Cache subnet group {name} is currently in use by a cache cluster.")


def _parameters_delete(name: str, properties: dict) -> None:
    if any(group.get("CacheParameterGroupName") == name for group in service("elasticache")._replication_groups.values()):
        raise _refused("InvalidRequest", f"One or more cache clusters are still members of this parameter group {name}, so the group cannot be deleted.")


ON_WRITE: dict[str, WriteCheck] = {GROUP: _group, DATASTORE: _datastore}
ON_DELETE: dict[str, DeleteCheck] = {
    GROUP: _group_delete,
    DATASTORE: _datastore_delete,
    "AWS::ElastiCache::ParameterGroup": _parameters_delete,
    "AWS::ElastiCache::SubnetGroup": _subnets_delete,
}
