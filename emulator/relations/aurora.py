"""What RDS asks of a cluster that joins a global database, and of an instance that joins a cluster.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
"""

from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, service

INHERITED = {"MasterUsername": "user name", "DatabaseName": "database name"}
"""What a secondary cluster has from the primary one and must not bring, and what RDS calls it. A password comes with a user only."""

RESTORED = ("SnapshotIdentifier", "SourceDBClusterIdentifier", "SourceDbClusterResourceId", "ReplicationSourceIdentifier")
"""Properties of a cluster that brings its user and password from elsewhere."""

SERVERLESS = "db.serverless"


def _refused(code: str, message: str) -> Refused:
    return Refused("Rds", 400, code, message)


def _joins(properties: dict, physical_id: str | None) -> None:
    rds = service("rds")
    joined = rds._resolve_global_cluster(properties.get("GlobalClusterIdentifier") or "")
    if physical_id or not joined:
        return
    writer = next((member["DBClusterArn"] for member in joined["GlobalClusterMembers"] if member["IsWriter"]), None)
    if joined["StorageEncrypted"] and not properties.get("StorageEncrypted"):
        raise _refused("InvalidParameterValue",
                       f"Value for storageEncrypted should match setting for global cluster {joined['GlobalClusterIdentifier']}")
    if properties.get("ManageMasterUserPassword"):
        raise _refused("InvalidParameterCombination", "ManageMasterUserPassword isn't supported for Aurora global databases.")
    _differs(properties.get("DBClusterIdentifier"), joined)
    if writer:
        _as_secondary(properties, writer, rds._resolve_cluster(writer) or {})
    else:
        _as_primary(properties)


def _differs(identifier: str | None, joined: dict) -> None:
    """Refuses a name that a member in another region has. The rule is AWS's; how RDS words its refusal is not documented."""
    for member in joined["GlobalClusterMembers"]:
        if identifier and member["DBClusterArn"].rsplit(":", 1)[-1] == identifier.lower():
            raise _refused("DBClusterAlreadyExistsFault", f"Global cluster {joined['GlobalClusterIdentifier']} already has a member with the "
                           f"identifier {identifier}: {member['DBClusterArn']}")


def _as_primary(properties: dict) -> None:
    """The first member of an empty global database brings the user and the password."""
    if any(properties.get(name) for name in RESTORED):
        return
    for name in ("MasterUsername", "MasterUserPassword"):
        if not properties.get(name):
            raise _refused("InvalidParameterValue", f"The parameter {name} must be provided and must not be blank.")


def _as_secondary(properties: dict, arn: str, primary: dict) -> None:
    for name, called in INHERITED.items():
        if name in properties:
            raise _refused("InvalidParameterCombination", f"Cannot specify {called} for cross region replication cluster")
    if primary.get("Status") != "available" or not primary.get("DBClusterMembers"):
        raise _refused("InvalidDBClusterStateFault", f"Source cluster: {arn} is in a state which is not valid for physical replication")
    if primary.get("StorageEncrypted") and not properties.get("KmsKeyId"):
        raise _refused("InvalidParameterCombination", f"Source cluster {arn} is encrypted; a KmsKeyId of the destination region has to be specified")


def _member(properties: dict, physical_id: str | None) -> None:
    cluster = service("rds")._clusters.get(properties.get("DBClusterIdentifier") or "")
    if not cluster:
        return
    engine = properties.get("Engine")
    if engine and engine != cluster["Engine"]:
        raise _refused("InvalidParameterCombination", f"The engine name requested for your DB instance ({engine}) doesn't match the engine name "
                       f"of your DB cluster ({cluster['Engine']}).")
    if properties.get("DBInstanceClass") == SERVERLESS and not cluster.get("ServerlessV2ScalingConfiguration"):
        raise _refused("InvalidDBClusterStateFault", "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a "
                       "Serverless v2 DB instance.")


ON_WRITE: dict[str, WriteCheck] = {"AWS::RDS::DBCluster": _joins, "AWS::RDS::DBInstance": _member}
