"""Properties against the registry schema, with the messages CloudFormation gives.

Checked are unknown, missing and read-only properties, types, enums, patterns, lengths, bounds, item counts and IP
formats. ``if``, ``not`` and ``dependentExcluded`` are not; ``oneOf`` counts as ``anyOf``, because schemas overlap.
"""

import ipaddress
from collections.abc import Iterator
from typing import Any

from emulator import schemas
from emulator.patterns import matches

FOUND = {dict: "JSONObject", list: "JSONArray", str: "String", bool: "Boolean", int: "Integer", float: "Number", type(None): "Null"}
NETWORKS = {"ipv4-network": ipaddress.IPv4Network, "ipv6-network": ipaddress.IPv6Network}


def validate(resource_type: str, logical_id: str, properties: dict, region: str) -> None:
    """Raises ValueError with every violation, unless ``properties`` fit the type's schema in ``region``."""
    schema = schemas.schema(resource_type, region)
    if not schema:
        return
    found = list(_read_only(resource_type, properties))
    read_only = {path for path in schemas.paths(resource_type, "readOnlyProperties") if "/" not in path}
    settable = {key: value for key, value in properties.items() if key not in read_only}
    found += _object(schema, schema, settable, "#")
    if found:
        count = [f"#: {len(found)} schema violations found"] if len(found) > 1 else []
        raise ValueError("\n".join([f"Properties validation failed for resource {logical_id} with message:", *count, *found]))


def _read_only(resource_type: str, properties: dict) -> Iterator[str]:
    for path in schemas.paths(resource_type, "readOnlyProperties"):
        if "*" not in path and schemas.at(properties, path) is not None:
            *parents, leaf = path.split("/")
            yield f"{'/'.join(['#', *parents])}: extraneous key [{leaf}] is not permitted"


def _value(schema: dict, node: object, value: Any, path: str) -> Iterator[str]:
    node = schemas.dereference(schema, node)
    declared = schemas.types_of(node)
    if declared and not any(_is(kind, value) for kind in declared):
        yield f"{path}: expected type: {declared[0].capitalize()}, found: {FOUND.get(type(value), type(value).__name__)}"
    elif isinstance(value, dict):
        yield from _object(schema, node, value, path)
    elif isinstance(value, list):
        yield from _array(schema, node, value, path)
    else:
        yield from _scalar(node, value, path)


def _object(schema: dict, node: dict, value: dict, path: str) -> Iterator[str]:
    declared, patterns = node.get("properties", {}), node.get("patternProperties", {})
    for key in node.get("required", ()):
        if key not in value:
            yield f"{path}: required key [{key}] not found"
    closed = node.get("additionalProperties") is False or (declared and "additionalProperties" not in node)
    for key, member in value.items():
        if key in declared:
            yield from _value(schema, declared[key], member, f"{path}/{key}")
        elif closed and not any(matches(pattern, key) for pattern in patterns):
            yield f"{path}: extraneous key [{key}] is not permitted"
    yield from _combinations(schema, node, value, path)


def _combinations(schema: dict, node: dict, value: dict, path: str) -> Iterator[str]:
    exclusive = node.get("requiredXor", ())
    if exclusive and sum(key in value for key in exclusive) != 1:
        yield f"{path}: {sum(key in value for key in exclusive)} subschemas matched instead of one"
    for key, needed in node.get("dependentRequired", {}).items():
        yield from (f"{path}: property [{other}] is required" for other in needed if key in value and other not in value)
    for keyword in ("anyOf", "oneOf"):
        branches = [schemas.dereference(schema, branch) for branch in node.get(keyword, ())]
        if branches and not any(_fits(schema, branch, value) for branch in branches):
            yield f"{path}: 0 subschemas matched instead of one"


def _fits(schema: dict, branch: dict, value: dict) -> bool:
    if any(key not in value for key in branch.get("required", ())):
        return False
    return all(not list(_value(schema, sub, value[key], "")) for key, sub in branch.get("properties", {}).items() if key in value)


def _array(schema: dict, node: dict, value: list, path: str) -> Iterator[str]:
    if len(value) < node.get("minItems", 0):
        yield f"{path}: expected minimum item count: {node['minItems']}, found: {len(value)}"
    if len(value) > node.get("maxItems", len(value)):
        yield f"{path}: expected maximum item count: {node['maxItems']}, found: {len(value)}"
    if node.get("uniqueItems") and len({repr(item) for item in value}) < len(value):
        yield f"{path}: array items are not unique"
    for index, item in enumerate(value):
        yield from _value(schema, node.get("items", {}), item, f"{path}/{index}")


def _scalar(node: dict, value: Any, path: str) -> Iterator[str]:
    if "enum" in node and str(value) not in map(str, node["enum"]):
        yield f"{path}: {value} is not a valid enum value"
    allowed = [str(item).lower() for item in node.get("enumCaseInsensitive", ())]
    if allowed and str(value).lower() not in allowed:
        yield f"{path}: {value} is not a valid enum value"
    if isinstance(value, str):
        yield from _text(node, value, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < node.get("minimum", value):
            yield f"{path}: {value} is not greater or equal to {node['minimum']}"
        if value > node.get("maximum", value):
            yield f"{path}: {value} is not less or equal to {node['maximum']}"


def _text(node: dict, value: str, path: str) -> Iterator[str]:
    if "pattern" in node and not matches(node["pattern"], value):
        yield f"{path}: failed validation constraint for keyword [pattern]"
    if len(value) < node.get("minLength", 0):
        yield f"{path}: expected minLength: {node['minLength']}, actual: {len(value)}"
    if len(value) > node.get("maxLength", len(value)):
        yield f"{path}: expected maxLength: {node['maxLength']}, actual: {len(value)}"
    network = NETWORKS.get(node.get("format", ""))
    if network:
        try:
            network(value, strict=False)
        except ValueError:
            yield f"{path}: [{value}] is not a valid CIDR block"


def _is(kind: str, value: Any) -> bool:
    match kind:
        case "string":
            return isinstance(value, (str, int, float, bool))
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
    return True
