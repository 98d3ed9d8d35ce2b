"""Replicas of a secret: ministack makes them, and keeps those that an update takes out of the template."""

from ministack.core.responses import get_account_id

from emulator.service_api import service


def drop_replicas(name: str, old: dict, new: dict) -> None:
    """Deletes the replicas in the regions that ``new`` no longer has."""
    secrets = service("secretsmanager")
    kept = {replica["Region"] for replica in new.get("ReplicaRegions") or ()}
    gone = {replica["Region"] for replica in old.get("ReplicaRegions") or ()} - kept
    secret = secrets._secrets.get(name)
    for region in gone:
        secrets._secrets.pop_scoped(get_account_id(), region, name, None)
    if secret:
        secret["ReplicationStatus"] = [status for status in secret.get("ReplicationStatus") or () if status["Region"] not in gone]
