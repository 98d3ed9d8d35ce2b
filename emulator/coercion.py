"""Scalars in the types of the schema: template parameters are strings, and CloudFormation converts both ways."""

import re
from typing import Any

from emulator import schemas
from emulator.patterns import matches

INTEGER = re.compile(r"-?\d+")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def coerce(resource_type: str, properties: dict) -> dict:
    """A copy of ``properties`` with "2" as 2 where the schema wants a number, "true" as True, 2 as "2" for a string."""
    schema = schemas.schema(resource_type)
    if not schema:
        return properties
    return _walk(schema, {"type": "object", "properties": schema.get("properties", {})}, properties)


def _walk(schema: dict, node: object, value: Any) -> Any:
    node = schemas.dereference(schema, node)
    if isinstance(value, dict):
        return {key: _walk(schema, _member(node, key), member) for key, member in value.items()}
    if isinstance(value, list):
        return [_walk(schema, node.get("items", {}), item) for item in value]
    declared = schemas.types_of(node)
    return _scalar(declared[0], value) if len(declared) == 1 else value


def _member(node: dict, key: str) -> object:
    declared = node.get("properties", {})
    if key in declared:
        return declared[key]
    return next((sub for pattern, sub in node.get("patternProperties", {}).items() if matches(pattern, key)), {})


def _scalar(wanted: str, value: Any) -> Any:
    match wanted, value:
        case "integer", str() if INTEGER.fullmatch(value):
            return int(value)
        case "number", str() if NUMBER.fullmatch(value):
            return float(value) if "." in value else int(value)
        case "boolean", str() if value.lower() in ("true", "false"):
            return value.lower() == "true"
        case "string", bool():
            return str(value).lower()
        case "string", int() | float():
            return str(value)
    return value
