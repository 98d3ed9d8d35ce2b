"""Aurora clusters and global databases, made through RDS itself: ministack's own provisioning writes past its service.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
"""

from typing import Any

from emulator.handler import Created, Handler
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import Refused, first, query, service

CLUSTER = "AWS::RDS::DBCluster"
MEMBERSHIP = "GlobalClusterIdentifier"


def _provisioners() -> Any:
    return module(f"{CLOUDFORMATION}.provisioners")


def _global_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    identifier = properties.get(MEMBERSHIP) or f"{stack_name}-{logical_id}".lower()[:63]
    settings = {key: value for key, value in properties.items() if key != "Tags"}
    query("rds", "CreateGlobalCluster", **settings | {MEMBERSHIP: identifier, "Tags.Tag": properties.get("Tags")})
    return identifier, {}


def _global_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    before, after = (str(properties.get("EngineVersion", "")) for properties in (old, new))
    if before != after and before.split(".")[0] == after.split(".")[0]:
        raise Refused("Rds", 400, "InvalidRequest", f"Minor engine version {after} can't be set on global cluster {identifier}: upgrade its members instead.")
    query("rds", "ModifyGlobalCluster", GlobalClusterIdentifier=identifier, EngineVersion=new.get("EngineVersion"),
          DeletionProtection=new.get("DeletionProtection", False))
    return identifier, {}


def _global_delete(identifier: str, properties: dict) -> None:
    query("rds", "DeleteGlobalCluster", GlobalClusterIdentifier=identifier)


def _record(identifier: str) -> dict:
    return service("rds")._clusters[identifier]


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
    _record(identifier)["EnabledCloudwatchLogsExports"] = properties.get("EnableCloudwatchLogsExports") or []
    attributes = provisioners._rds_db_cluster_attrs(_record(identifier))
    return identifier, attributes | ({"MasterUserSecret.SecretArn": secret} if secret else {})


def _leave(identifier: str) -> None:
    cluster = _record(identifier)
    if cluster.get(MEMBERSHIP):
        query("rds", "RemoveFromGlobalCluster", GlobalClusterIdentifier=cluster[MEMBERSHIP], DbClusterIdentifier=cluster["DBClusterArn"])


def _cluster_update(native: Handler) -> Any:
    def update(identifier: str, old: dict, new: dict, stack_name: str, logical_id: str | None = None) -> Created:
        provisioners = _provisioners()
        if provisioners._replacing_change(CLUSTER, old, new):
            created = provisioners._seeded_create(_cluster_create, logical_id or identifier, new, stack_name)
            provisioners._delete_predecessor(_cluster_delete, identifier, old)
            return created
        updated = native["update"](identifier, old, new, stack_name, logical_id)
        cluster, group = _record(identifier), new.get("DBClusterParameterGroupName")
        if group and group != old.get("DBClusterParameterGroupName"):
            query("rds", "ModifyDBCluster", DBClusterIdentifier=identifier, DBClusterParameterGroupName=group, ApplyImmediately=True)
        cluster["EnabledCloudwatchLogsExports"] = new.get("EnableCloudwatchLogsExports") or []
        if old.get(MEMBERSHIP) and not new.get(MEMBERSHIP):
            _leave(identifier)
        return updated

    return update


def _cluster_delete(identifier: str, properties: dict) -> None:
    if identifier in service("rds")._clusters:
        _leave(identifier)
        query("rds", "DeleteDBCluster", DBClusterIdentifier=identifier, SkipFinalSnapshot=True)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    native = _provisioners()._RESOURCE_HANDLERS[CLUSTER]
    return {
        "AWS::RDS::GlobalCluster": {"create": _global_create, "update": _global_update, "delete": _global_delete},
        CLUSTER: {**native, "create": _cluster_create, "update": _cluster_update(native), "delete": _cluster_delete},
    }
