"""What ``Fn::GetAtt`` gives: read-only properties the service did not answer are made up, settable ones are copied."""

import re
from typing import Any

from ministack.core.responses import get_region

from emulator import schemas
from emulator.identifiers import arn, digest

HOST = re.compile(r"(DNS|Dns|Domain)Name$|Endpoint|Url$|Address$")
EMPTY: dict[str, Any] = {"boolean": False, "array": [], "object": {}}


def complete(resource_type: str, physical_id: str, properties: dict, answered: dict | None = None) -> dict[str, Any]:
    """``answered`` plus every other attribute the schema promises, by its dotted name."""
    schema = schemas.schema(resource_type)
    attributes = {name: value for name, value in (answered or {}).items() if value is not None}
    if not schema:
        return attributes
    identifier = schemas.paths(resource_type, "primaryIdentifier")
    for path in schemas.paths(resource_type, "readOnlyProperties"):
        name = path.replace("/", ".")
        if "*" in path or name in attributes:
            continue
        whole = identifier == (path,)
        attributes[name] = physical_id if whole else _made_up(resource_type, schema, path, physical_id, properties)
    for name in schema.get("properties", {}):
        if name in properties and name not in attributes and not isinstance(properties[name], dict):
            attributes[name] = properties[name]
    return attributes


def unchanged(resource_type: str, attributes: dict) -> dict[str, Any]:
    """The attributes that an update in place cannot have changed: the read-only ones."""
    read_only = {path.replace("/", ".") for path in schemas.paths(resource_type, "readOnlyProperties")}
    return {name: value for name, value in attributes.items() if name in read_only}


def _made_up(resource_type: str, schema: dict, path: str, physical_id: str, properties: dict) -> Any:
    given = schemas.at(properties, path)
    if given is not None:
        return given
    node, leaf = schemas.node_at(schema, path), path.split("/")[-1]
    kind = (schemas.types_of(node) or ("string",))[0]
    if kind in EMPTY:
        return EMPTY[kind]
    if kind in ("integer", "number"):
        return node.get("minimum", 0)
    if node.get("enum"):
        return node["enum"][0]
    if leaf.lower().endswith("arn"):
        return physical_id if physical_id.startswith("arn:") else arn(resource_type, physical_id)
    if HOST.search(leaf):
        return f"{digest(physical_id, 10)}.{get_region()}.{resource_type.split('::')[1].lower()}.amazonaws.com"
    if leaf.endswith("Id"):
        return digest(f"{physical_id}{leaf}", 17)
    return physical_id
