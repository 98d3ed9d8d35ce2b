"""Resource schemas of the CloudFormation registry, as cfn-lint ships them, read from its files.

``providers/<region>.json`` maps a type to the hash of its schema, ``resources/<hash>.json`` is the schema. cfn-lint
itself is never imported: that takes three seconds.
"""

import functools
import importlib.util
import json
import pathlib

from emulator.problems import CannotStart

DEFAULT_REGION = "us-east-1"


@functools.cache
def root() -> pathlib.Path:
    """The folder of the schemas inside the installed cfn-lint. Raises CannotStart when there is none."""
    found = importlib.util.find_spec("cfnlint")
    folder = pathlib.Path(found.origin).parent / "data" / "schemas" if found and found.origin else None
    if not folder or not (folder / "providers" / f"{DEFAULT_REGION}.json").is_file():
        raise CannotStart("Cannot start the local AWS: the resource schemas that cfn-lint ships are not where they were. "
                          "Install cfn-lint==1.58.0, or run the set-up.")
    return folder


@functools.cache
def provider(region: str) -> dict[str, str]:
    """Schema hash of each type that is available in ``region``; a region without a file counts as us-east-1."""
    file = root() / "providers" / f"{region}.json"
    return json.loads((file if file.is_file() else root() / "providers" / f"{DEFAULT_REGION}.json").read_text())


@functools.cache
def _read(digest: str) -> dict:
    return json.loads((root() / "resources" / f"{digest}.json").read_text())


def schema(resource_type: str, region: str = DEFAULT_REGION) -> dict | None:
    """The schema of a type in ``region``, or None when the registry has no such type there."""
    digest = provider(region).get(resource_type) or provider(DEFAULT_REGION).get(resource_type)
    return _read(digest) if digest else None


def known() -> set[str]:
    """Every type of the default region."""
    return set(provider(DEFAULT_REGION))


@functools.cache
def paths(resource_type: str, kind: str) -> tuple[str, ...]:
    """Property paths under a top-level list of the schema, such as readOnlyProperties, without ``/properties/``."""
    return tuple(path.removeprefix("/properties/") for path in (schema(resource_type) or {}).get(kind, ()))


def at(properties: dict, path: str) -> object:
    """The value at a slash-separated path of ``properties``, or None."""
    value: object = properties
    for part in path.split("/"):
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return value


def dereference(schema_of_type: dict, node: object) -> dict:
    """The schema node itself, with ``$ref`` followed; an empty one for what is no object."""
    while isinstance(node, dict) and "$ref" in node:
        target: object = schema_of_type
        for part in node["$ref"].lstrip("#/").split("/"):
            target = target[part] if isinstance(target, dict) else {}
        node = target
    return node if isinstance(node, dict) else {}


def node_at(schema_of_type: dict, path: str) -> dict:
    """The schema node of a property path; an empty one when the path leads nowhere."""
    node: dict = schema_of_type
    for part in path.split("/"):
        node = dereference(schema_of_type, dereference(schema_of_type, node).get("properties", {}).get(part, {}))
    return node


def types_of(node: dict) -> tuple[str, ...]:
    """The JSON types a schema node allows; empty when it does not say."""
    declared = node.get("type")
    return (declared,) if isinstance(declared, str) else tuple(declared or ())
