"""Replication of a bucket: ministack copies objects, and reads no replication from a template."""

from emulator.service_api import Refused, service, to_xml


def replicate(name: str, properties: dict) -> None:
    """Gives the bucket the replication that its properties have; none where they have none."""
    s3 = service("s3")
    configuration = properties.get("ReplicationConfiguration")
    if not configuration:
        s3._bucket_replication.pop(name, None)
        return
    rules = "".join(to_xml("Rule", {"ID" if key == "Id" else key: value for key, value in rule.items()}) for rule in configuration["Rules"])
    request = f"<ReplicationConfiguration>{to_xml('Role', configuration['Role'])}{rules}</ReplicationConfiguration>"
    status, _, answer = s3._put_bucket_replication(name, request.encode())
    if status >= 400:
        text = answer.decode() if isinstance(answer, bytes) else str(answer)
        raise Refused("S3", status, "InvalidRequest", text)
