"""Schedules and policies of a secret: the secret must be there, and a replica takes them from its primary.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
"""

from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, service


def _found(reference: str) -> dict:
    secret = service("secretsmanager")._resolve(reference)[1]
    if not secret:
        raise Refused("SecretsManager", 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    return secret


def _of_primary(properties: dict, physical_id: str | None) -> None:
    if _found(properties["SecretId"]).get("_PrimarySecretArn"):
        raise Refused("SecretsManager", 400, "InvalidRequestException", "You can't perform this operation on a replica secret.")


def _exists(properties: dict, physical_id: str | None) -> None:
    _found(properties["SecretId"])


ON_WRITE: dict[str, WriteCheck] = {"AWS::SecretsManager::RotationSchedule": _of_primary, "AWS::SecretsManager::ResourcePolicy": _exists}
