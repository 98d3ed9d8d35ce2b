"""Trails."""

from emulator.handler import Created, Handler
from emulator.service_api import json_call

TARGET = "CloudTrail_20131101."
RENAMED = {"KMSKeyId": "KmsKeyId"}
SEPARATE = {"IsLogging", "Tags", "EventSelectors", "AdvancedEventSelectors", "InsightSelectors", "TrailName"}


def _settings(properties: dict) -> dict:
    """The properties as the API names them."""
    return {RENAMED.get(key, key): value for key, value in properties.items() if key not in SEPARATE}


def _apply(name: str, properties: dict) -> None:
    json_call("cloudtrail", f"{TARGET}{'StartLogging' if properties['IsLogging'] else 'StopLogging'}", Name=name)
    selectors = {key: properties[key] for key in ("EventSelectors", "AdvancedEventSelectors") if properties.get(key)}
    if selectors:
        json_call("cloudtrail", f"{TARGET}PutEventSelectors", TrailName=name, **selectors)


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    name = properties.get("TrailName") or f"{stack_name}-{logical_id}"[:128]
    answer = json_call("cloudtrail", f"{TARGET}CreateTrail", **_settings(properties), Name=name)
    _apply(name, properties)
    return name, {"Arn": answer["TrailARN"]}


def _update(name: str, old: dict, new: dict, stack_name: str) -> Created:
    json_call("cloudtrail", f"{TARGET}UpdateTrail", **_settings(new), Name=name)
    _apply(name, new)
    return name, {}


def _delete(name: str, properties: dict) -> None:
    json_call("cloudtrail", f"{TARGET}DeleteTrail", Name=name)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::CloudTrail::Trail": {"create": _create, "update": _update, "delete": _delete}}
