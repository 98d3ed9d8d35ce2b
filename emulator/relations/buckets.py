"""A bucket replicates into a bucket that stands and keeps versions.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
"""

from emulator.relations.check import WriteCheck
from emulator.relations.existence import values
from emulator.service_api import Refused, service


def _refused(message: str) -> Refused:
    return Refused("S3", 400, "InvalidRequest", message)


def _replication(properties: dict, physical_id: str | None) -> None:
    s3 = service("s3")
    destinations = list(values(properties, "ReplicationConfiguration/Rules/*/Destination/Bucket"))
    if destinations and properties.get("VersioningConfiguration", {}).get("Status") != "Enabled":
        raise _refused("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
    for destination in destinations:
        name = destination.split(":::")[-1]
        if s3._bucket_owner_account(name) is None:
            raise _refused("Destination bucket must exist.")
        if s3._bucket_versioning.get(name) != "Enabled":
            raise _refused("Destination bucket must have versioning enabled.")


ON_WRITE: dict[str, WriteCheck] = {"AWS::S3::Bucket": _replication}
