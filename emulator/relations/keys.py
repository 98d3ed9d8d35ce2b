"""Keys that encrypt a resource must exist in its region; a replica is encrypted by a key of the replica's region."""

from emulator.relations.check import WriteCheck
from emulator.relations.existence import values
from emulator.service_api import Refused, in_region, service

ENCRYPTED = {
    "AWS::Backup::BackupVault": ("EncryptionKeyArn",),
    "AWS::CloudTrail::Trail": ("KMSKeyId",),
    "AWS::ECR::Repository": ("EncryptionConfiguration/KmsKey",),
    "AWS::KMS::Alias": ("TargetKeyId",),
    "AWS::KinesisFirehose::DeliveryStream": ("DeliveryStreamEncryptionConfigurationInput/KeyARN",),
    "AWS::Logs::LogGroup": ("KmsKeyId",),
    "AWS::RDS::DBCluster": ("KmsKeyId", "PerformanceInsightsKmsKeyId", "MasterUserSecret/KmsKeyId"),
    "AWS::RDS::DBInstance": ("KmsKeyId", "PerformanceInsightsKMSKeyId", "MasterUserSecret/KmsKeyId"),
    "AWS::SecretsManager::Secret": ("KmsKeyId",),
}
MESSAGES = {
    "AWS::Logs::LogGroup": "The specified KMS Key Id could not be found.",
    "AWS::KMS::Alias": "Key '{}' does not exist",
}
OTHERWISE = "The specified KMS key [{}] does not exist, is not enabled or you do not have permissions to access it."


def exists(reference: str) -> bool:
    """Whether a key id, key ARN, alias name or alias ARN is usable in the calling region."""
    if reference.split(":")[-1].startswith("alias/aws/"):
        return True
    key = service("kms")._resolve_key(reference)
    return key is not None and key.get("KeyState") == "Enabled"


def require(resource_type: str, reference: str) -> None:
    """Raises Refused when the key does not exist in the calling region."""
    if not exists(reference):
        raise Refused("Kms", 400, "NotFound", MESSAGES.get(resource_type, OTHERWISE).format(reference))


def _check(resource_type: str, paths: tuple[str, ...]) -> WriteCheck:
    def check(properties: dict, physical_id: str | None) -> None:
        for path in paths:
            for reference in values(properties, path):
                require(resource_type, reference)
        for replica in properties.get("ReplicaRegions") or ():
            if replica.get("KmsKeyId"):
                with in_region(replica["Region"]):
                    require(resource_type, replica["KmsKeyId"])
    return check


def _global_table(properties: dict, physical_id: str | None) -> None:
    for replica in properties["Replicas"]:
        for reference in values(replica, "SSESpecification/KMSMasterKeyId"):
            with in_region(replica["Region"]):
                require("AWS::DynamoDB::GlobalTable", reference)


ON_WRITE: dict[str, WriteCheck] = {
    **{resource_type: _check(resource_type, paths) for resource_type, paths in ENCRYPTED.items()},
    "AWS::DynamoDB::GlobalTable": _global_table,
}
