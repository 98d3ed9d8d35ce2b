"""Read replicas need a source with backups, and a key of their own where they cross regions. Global tables have one at home.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
"""

from ministack.core.responses import get_region

from emulator.driven.rds import source_of, source_record
from emulator.relations.check import DeleteCheck, WriteCheck
from emulator.service_api import Refused, service


def _replica(properties: dict, physical_id: str | None) -> None:
    source = source_of(properties)
    if not source or physical_id:
        return
    region, name = source
    record = source_record(properties)
    if record is None:
        raise Refused("Rds", 404, "NotFound", f"DBInstance {name} not found.")
    if not record.get("BackupRetentionPeriod"):
        raise Refused("Rds", 400, "InvalidDBInstanceState", "Automated backups are not enabled for this database instance. To enable "
                      "automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.")
    if record.get("MasterUserSecret"):
        raise Refused("Rds", 400, "InvalidParameterCombination", "You can't create a read replica of a DB instance whose master user "
                      f"password is managed in Secrets Manager: {name}.")
    if region not in ("", get_region()) and record.get("StorageEncrypted") and not properties.get("KmsKeyId"):
        raise Refused("Rds", 400, "InvalidParameterCombination", "Cannot create a cross region read replica of an encrypted DB instance "
                      "without a KmsKeyId of the destination region.")


def _replicated_from_home(properties: dict, physical_id: str | None) -> None:
    if get_region() not in [replica["Region"] for replica in properties["Replicas"]]:
        raise Refused("DynamoDb", 400, "InvalidRequest", f"Replicas must include the region of the stack, {get_region()}.")
    if len(properties["Replicas"]) > 1 and not properties.get("StreamSpecification") and properties.get("MultiRegionConsistency") != "STRONG":
        raise Refused("DynamoDb", 400, "InvalidRequest", "StreamSpecification must be provided for a table with more than one replica.")


def _no_members(identifier: str, properties: dict) -> None:
    cluster = service("rds")._clusters.get(identifier) or {}
    if cluster.get("DBClusterMembers"):
        raise Refused("Rds", 400, "InvalidDBClusterStateFault", "Cluster cannot be deleted, it still contains DB instances in non-deleting state.")


ON_WRITE: dict[str, WriteCheck] = {"AWS::RDS::DBInstance": _replica, "AWS::DynamoDB::GlobalTable": _replicated_from_home}
ON_DELETE: dict[str, DeleteCheck] = {"AWS::RDS::DBCluster": _no_members}
