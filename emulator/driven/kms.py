"""Replicas of multi-region keys. Keys and aliases are ministack's own."""

import json

from ministack.core.responses import get_region

from emulator.handler import Created, Handler
from emulator.service_api import in_region, json_call

TARGET = "TrentService."


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    primary, home = properties["PrimaryKeyArn"], get_region()
    policy = properties["KeyPolicy"]
    with in_region(primary.split(":")[3]):
        metadata = json_call("kms", f"{TARGET}ReplicateKey", KeyId=primary, ReplicaRegion=home, Tags=_tags(properties),
                             Description=properties.get("Description", ""),
                             Policy=policy if isinstance(policy, str) else json.dumps(policy))["ReplicaKeyMetadata"]
    return metadata["KeyId"], {"KeyId": metadata["KeyId"], "Arn": metadata["Arn"]}


def _tags(properties: dict) -> list[dict]:
    return [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags") or ()]


def _update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    policy = new["KeyPolicy"]
    json_call("kms", f"{TARGET}PutKeyPolicy", KeyId=identifier, PolicyName="default",
              Policy=policy if isinstance(policy, str) else json.dumps(policy))
    return identifier, {}


def _delete(identifier: str, properties: dict) -> None:
    json_call("kms", f"{TARGET}ScheduleKeyDeletion", KeyId=identifier, PendingWindowInDays=properties.get("PendingWindowInDays", 30))


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::KMS::ReplicaKey": {"create": _create, "update": _update, "delete": _delete}}
