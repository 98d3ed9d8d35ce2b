"""Aurora and RDS where ministack's own provisioning writes past its service: global databases, clusters, read replicas.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
"""

import json
from typing import Any

from ministack.core.responses import get_region, new_uuid

from emulator.handler import Created, Handler
from emulator.identifiers import digest
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import first, in_region, query, service

INHERITED = ("Engine", "EngineVersion", "MasterUsername", "AllocatedStorage", "DBName", "Port")
"""What a read replica takes from its source, as far as its own properties do not say."""


def _provisioners() -> Any:
    return module(f"{CLOUDFORMATION}.provisioners")


def _global_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    identifier = properties.get("GlobalClusterIdentifier") or f"{stack_name}-{logical_id}".lower()[:63]
    settings = {key: value for key, value in properties.items() if key != "Tags"}
    query("rds", "CreateGlobalCluster", **settings | {"GlobalClusterIdentifier": identifier})
    return identifier, {}


def _global_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    query("rds", "ModifyGlobalCluster", GlobalClusterIdentifier=identifier, EngineVersion=new.get("EngineVersion"),
          DeletionProtection=new.get("DeletionProtection", False))
    return identifier, {}


def _global_delete(identifier: str, properties: dict) -> None:
    query("rds", "DeleteGlobalCluster", GlobalClusterIdentifier=identifier)


def _cluster_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    provisioners = _provisioners()
    identifier = (properties.get("DBClusterIdentifier") or provisioners._physical_name(stack_name, logical_id, lowercase=True, max_len=63)).lower()
    settings = {key: value for key, value in properties.items() if isinstance(value, (str, int, bool)) and key != "SourceRegion"}
    answer = query("rds", "CreateDBCluster", **settings | {
        "DBClusterIdentifier": identifier, "Tags.Tag": properties.get("Tags"),
        "VpcSecurityGroupIds.VpcSecurityGroupId": properties.get("VpcSecurityGroupIds"),
        "ServerlessV2ScalingConfiguration": properties.get("ServerlessV2ScalingConfiguration"),
    })
    secret = first(answer, "SecretArn")
    attributes = provisioners._rds_db_cluster_attrs(service("rds")._clusters[identifier])
    return identifier, attributes | ({"MasterUserSecret.SecretArn": secret} if secret else {})


def _cluster_delete(identifier: str, properties: dict) -> None:
    cluster = service("rds")._clusters.get(identifier)
    if not cluster:
        return
    if cluster.get("GlobalClusterIdentifier"):
        query("rds", "RemoveFromGlobalCluster", GlobalClusterIdentifier=cluster["GlobalClusterIdentifier"],
              DbClusterIdentifier=cluster["DBClusterArn"])
    query("rds", "DeleteDBCluster", DBClusterIdentifier=identifier, SkipFinalSnapshot=True)


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


def _instance(native: Handler) -> Handler:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        source = source_record(properties) or {}
        values = source | {"Port": (source.get("Endpoint") or {}).get("Port")}
        inherited = {key: values[key] for key in INHERITED if values.get(key) is not None} if source else {}
        identifier, attributes = native["create"](logical_id, inherited | properties, stack_name)
        record = service("rds")._instances[identifier]
        if properties.get("ManageMasterUserPassword"):
            record["MasterUserSecret"] = _managed_secret(record)
            attributes = {**attributes, "MasterUserSecret.SecretArn": record["MasterUserSecret"]["SecretArn"]}
        if source:
            record["ReadReplicaSourceDBInstanceIdentifier"] = properties["SourceDBInstanceIdentifier"]
            source["ReadReplicaDBInstanceIdentifiers"].append(identifier if _region(properties) == get_region() else record["DBInstanceArn"])
        cluster = service("rds")._clusters.get(record.get("DBClusterIdentifier") or "")
        for place, member in enumerate((cluster or {}).get("DBClusterMembers", ())):
            member["IsClusterWriter"] = place == 0
        return identifier, attributes

    def delete(identifier: str, properties: dict) -> None:
        source = source_record(properties)
        if source:
            listed = source["ReadReplicaDBInstanceIdentifiers"]
            listed[:] = [name for name in listed if name.split(":")[-1] != identifier]
        native["delete"](identifier, properties)

    return {**native, "create": create, "delete": delete}


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    table = _provisioners()._RESOURCE_HANDLERS
    return {
        "AWS::RDS::GlobalCluster": {"create": _global_create, "update": _global_update, "delete": _global_delete},
        "AWS::RDS::DBCluster": {**table["AWS::RDS::DBCluster"], "create": _cluster_create, "delete": _cluster_delete},
        "AWS::RDS::DBInstance": _instance(table["AWS::RDS::DBInstance"]),
    }
