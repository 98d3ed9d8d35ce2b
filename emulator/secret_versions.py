"""Versions of a secret: a version never changes once it is there, and a staging label is on one version at a time.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
"""

from typing import Any

from ministack.core.responses import error_response_json, json_response

from emulator.service_api import service

CONTENT = ("SecretString", "SecretBinary")


def _put(native: Any) -> Any:
    def put(data: dict) -> Any:
        secrets = service("secretsmanager")
        _, secret = secrets._resolve(data.get("SecretId"))
        token = data.get("ClientRequestToken")
        if not secret or secret.get("DeletedDate") or secrets._is_replica(secret):
            return native(data)
        version = secret["Versions"].get(token)
        if not version:
            answer = native(data)
            _take_labels(secret, data.get("VersionStages") or [], token)
            secrets._sync_replicas(secret)
            return answer
        if any(version.get(name) != data.get(name) for name in CONTENT):
            return error_response_json("ResourceExistsException", "You can't use ClientRequestToken "
                                       f"{token} because that value is already in use for a version of secret {secret['ARN']}.", 400)
        return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token, "VersionStages": list(version["Stages"])})

    return put


def _take_labels(secret: dict, labels: list[str], token: str | None) -> None:
    """Takes labels that a new version got from the versions that had them; ministack moves AWSCURRENT alone."""
    for name, version in secret["Versions"].items():
        if token and name != token:
            version["Stages"] = [label for label in version["Stages"] if label not in labels]


def install() -> None:
    """Guards the versions of secrets."""
    secrets = service("secretsmanager")
    secrets._put_secret_value = _put(secrets._put_secret_value)
