"""``PromoteReadReplica``, which ministack's RDS lacks: the replica stands alone from then on and takes writes.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplica.html
"""

from typing import Any

from emulator.service_api import in_region, service

SOURCE = "ReadReplicaSourceDBInstanceIdentifier"


def _promote(params: dict) -> Any:
    rds = service("rds")
    identifier = rds._p(params, "DBInstanceIdentifier")
    replica = rds._resolve_instance(identifier)
    if not replica:
        return rds._error("DBInstanceNotFound", f"DBInstance {identifier} not found.", 404)
    source = replica.get(SOURCE)
    if not source:
        return rds._error("InvalidDBInstanceState", f"DBInstance {identifier} is not a read replica.", 400)
    replica[SOURCE] = ""
    parts = source.split(":")
    with in_region(parts[3] if source.startswith("arn:") else replica["DBInstanceArn"].split(":")[3]):
        former = rds._instances.get(parts[-1])
        if former:
            former["ReadReplicaDBInstanceIdentifiers"][:] = [
                name for name in former["ReadReplicaDBInstanceIdentifiers"] if name.split(":")[-1] != identifier]
    return rds._single_instance_response("PromoteReadReplicaResponse", "PromoteReadReplicaResult", replica)


def install() -> None:
    """Adds the action to RDS's."""
    service("rds")._ACTION_MAP["PromoteReadReplica"] = _promote
