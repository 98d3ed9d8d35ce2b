"""Global tables: replicas through DynamoDB's own API, where ministack makes a table in the stack's region only.

What is written in one region is there in the others; each replica has its own key, protection, backups and tags.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
"""

from typing import Any

from ministack.core.responses import get_region

from emulator.handler import Created, Handler
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import Refused, in_region, json_call, service

GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable"


def _api(action: str, **parameters: Any) -> dict:
    return json_call("dynamodb", f"DynamoDB_20120810.{action}", **parameters)


def _replicas(properties: dict) -> dict[str, dict]:
    return {replica["Region"]: replica for replica in properties["Replicas"]}


def _elsewhere(properties: dict) -> list[str]:
    return [region for region in _replicas(properties) if region != get_region()]


def _replicate(name: str, regions: list[str]) -> None:
    for region in regions:
        _api("UpdateTable", TableName=name, ReplicaUpdates=[{"Create": {"RegionName": region}}])


def _drop(name: str, regions: list[str]) -> None:
    for region in regions:
        with in_region(region):
            if name in service("dynamodb")._tables:
                _api("DeleteTable", TableName=name)


def _set_up(name: str, properties: dict) -> None:
    """Gives every replica what its entry in ``Replicas`` says, and what the table says for all of them."""
    for region, replica in _replicas(properties).items():
        with in_region(region):
            _set_up_replica(name, replica, properties)


def _set_up_replica(name: str, replica: dict, properties: dict) -> None:
    encryption, own_key = properties.get("SSESpecification") or {}, replica.get("SSESpecification") or {}
    sse = {"Enabled": encryption.get("SSEEnabled", False), "SSEType": encryption.get("SSEType", "KMS"), **own_key}
    _api("UpdateTable", TableName=name, SSESpecification=sse, DeletionProtectionEnabled=replica.get("DeletionProtectionEnabled", False))
    recovery = {"PointInTimeRecoveryEnabled": False, **(replica.get("PointInTimeRecoverySpecification") or {})}
    _api("UpdateContinuousBackups", TableName=name, PointInTimeRecoverySpecification=recovery)
    dynamodb = service("dynamodb")
    dynamodb._tags[dynamodb._tables[name]["TableArn"]] = list(replica.get("Tags") or ())
    # UpdateTimeToLive refuses what changes nothing.
    ends = properties.get("TimeToLiveSpecification") or {"Enabled": False}
    known = _api("DescribeTimeToLive", TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"
    if ends["Enabled"] != known:
        _api("UpdateTimeToLive", TableName=name, TimeToLiveSpecification=ends)


def _one_change(added: list[str], removed: list[str]) -> None:
    if len(added) + len(removed) > 1:
        raise Refused("DynamoDb", 400, "InvalidRequest", "Only one replica can be added or removed in an update: "
                      f"{', '.join([f'+{region}' for region in added] + [f'-{region}' for region in removed])}.")


def _global_table(native: Handler) -> Handler:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        name, attributes = native["create"](logical_id, properties, stack_name)
        _replicate(name, _elsewhere(properties))
        _set_up(name, properties)
        return name, attributes

    def update(name: str, old: dict, new: dict, stack_name: str) -> Created:
        if new.get("TableName", name) != name:
            return create(name, new, stack_name)
        added = [region for region in _elsewhere(new) if region not in _elsewhere(old)]
        removed = [region for region in _elsewhere(old) if region not in _elsewhere(new)]
        _one_change(added, removed)
        _drop(name, removed)
        for region in _elsewhere(new):
            if region not in added:
                with in_region(region):
                    native["update"](name, old, new, stack_name)
        result: Created = native["update"](name, old, new, stack_name)
        _replicate(name, added)
        _set_up(name, new)
        return result

    def delete(name: str, properties: dict) -> None:
        _drop(name, [*_elsewhere(properties), get_region()])

    return {"create": create, "update": update, "delete": delete}


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {GLOBAL_TABLE: _global_table(module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[GLOBAL_TABLE])}
