"""Database instances: read replicas, passwords that RDS keeps, and what the members of a cluster take from it."""

import json

from ministack.core.responses import get_region, new_uuid

from emulator import cluster_roles
from emulator.handler import Created, Handler
from emulator.identifiers import digest
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import in_region, service

INHERITED = ("Engine", "EngineVersion", "MasterUsername", "AllocatedStorage", "DBName", "Port")
"""What a read replica takes from its source, as far as its own properties do not say."""

INHERITED_BY_MEMBERS = ("EngineVersion", "StorageEncrypted", "KmsKeyId", "BackupRetentionPeriod", "PreferredBackupWindow", "Port")
"""What an instance takes from its cluster, whatever its own properties say."""


def source_of(properties: dict) -> tuple[str, str] | None:
    """Region and identifier of the instance that a read replica copies; an empty region is the replica's own."""
    source = properties.get("SourceDBInstanceIdentifier")
    if not source:
        return None
    parts = source.split(":")
    return (parts[3], parts[6]) if source.startswith("arn:") else (properties.get("SourceRegion", ""), source)


def _region(properties: dict) -> str:
    found = source_of(properties)
    return found[0] if found and found[0] else get_region()


def source_record(properties: dict) -> dict | None:
    """ministack's record of the instance that a read replica copies."""
    found = source_of(properties)
    rds = service("rds")
    if not found or not found[0]:
        return rds._instances.get(found[1]) if found else None
    with in_region(found[0]):
        return rds._instances.get(found[1])


def _managed_secret(record: dict) -> dict:
    """The secret that RDS keeps for an instance whose template leaves the password to it."""
    words = json.dumps({"username": record["MasterUsername"], "password": digest(record["DbiResourceId"], 28)})
    arn = service("secretsmanager").create_secret_in_process(f"rds!db-{new_uuid()}", words)
    return {"SecretArn": arn, "SecretStatus": "active", "KmsKeyId": "alias/aws/secretsmanager"}


def _of_cluster(cluster: dict | None) -> dict:
    """The properties that a member has from its cluster; members are spread over the cluster's zones."""
    if not cluster:
        return {}
    zones = cluster["AvailabilityZones"]
    return {**{key: cluster[key] for key in INHERITED_BY_MEMBERS if cluster.get(key) is not None},
            "DBSubnetGroupName": cluster["DBSubnetGroup"], "AvailabilityZone": zones[len(cluster["DBClusterMembers"]) % len(zones)]}


def _instance(native: Handler) -> Handler:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        source = source_record(properties) or {}
        values = source | {"Port": (source.get("Endpoint") or {}).get("Port")}
        inherited = {key: values[key] for key in INHERITED if values.get(key) is not None} if source else {}
        cluster = service("rds")._clusters.get(properties.get("DBClusterIdentifier") or "")
        placed = {key: properties[key] for key in ("AvailabilityZone",) if key in properties}
        identifier, attributes = native["create"](logical_id, inherited | properties | _of_cluster(cluster) | placed, stack_name)
        record = service("rds")._instances[identifier]
        if properties.get("ManageMasterUserPassword"):
            record["MasterUserSecret"] = _managed_secret(record)
            attributes = {**attributes, "MasterUserSecret.SecretArn": record["MasterUserSecret"]["SecretArn"]}
        if source:
            record["ReadReplicaSourceDBInstanceIdentifier"] = properties["SourceDBInstanceIdentifier"]
            source["ReadReplicaDBInstanceIdentifiers"].append(identifier if _region(properties) == get_region() else record["DBInstanceArn"])
        if cluster:
            cluster["DBClusterMembers"][-1]["IsClusterWriter"] = False
            cluster_roles.settle(cluster)
        return identifier, attributes

    def delete(identifier: str, properties: dict) -> None:
        source = source_record(properties)
        if source:
            listed = source["ReadReplicaDBInstanceIdentifiers"]
            listed[:] = [name for name in listed if name.split(":")[-1] != identifier]
        instance = service("rds")._instances.get(identifier) or {}
        native["delete"](identifier, properties)
        cluster = service("rds")._clusters.get(instance.get("DBClusterIdentifier") or "")
        if cluster:
            cluster_roles.settle(cluster)

    return {**native, "create": create, "delete": delete}


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    instance = "AWS::RDS::DBInstance"
    return {instance: _instance(module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[instance])}
