"""What CloudFormation refuses before it makes anything, and ministack accepts.

References to what is not there (or not there under the conditions), conditions that nobody defines, and resource
types that the region does not offer. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

import re
from collections.abc import Iterator
from typing import Any

from ministack.core.responses import get_region

from emulator import schemas
from emulator.ministack_hooks import CLOUDFORMATION, module

PSEUDO = {"AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
          "AWS::StackName", "AWS::URLSuffix"}
VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")
PLACES = ("engine", "handlers", "changesets")


def check(template: dict, truth: dict[str, bool]) -> None:
    """Raises ValueError with CloudFormation's words for the first problem of an expanded template.

    ``truth`` is the value of each condition; empty when the values are not known, as in ValidateTemplate.
    """
    resources: dict = {name: body for name, body in template["Resources"].items() if isinstance(body, dict)}
    _conditions_exist(template, resources)
    active = {name: body for name, body in resources.items() if truth.get(body.get("Condition", ""), True)}
    _types_are_offered(active)
    targets = set(template.get("Parameters") or {}) | set(active) | PSEUDO
    outputs = {name: body for name, body in (template.get("Outputs") or {}).items() if truth.get(body.get("Condition", ""), True)}
    for block, members in (("Resources", active), ("Outputs", outputs)):
        found = [reference for body in members.values() for reference in _references(body, truth)]
        missing = sorted({name for name, _ in found if name not in targets})
        if missing:
            raise ValueError(f"Template format error: Unresolved resource dependencies [{', '.join(missing)}] "
                             f"in the {block} block of the template")
        for name, attribute in found:
            _attribute_exists(active, name, attribute)


def _types_are_offered(resources: dict) -> None:
    offered = schemas.provider(get_region())
    absent = {body["Type"] for body in resources.values() if body.get("Type") in schemas.known() and body["Type"] not in offered}
    if absent:
        raise ValueError(f"Template format error: Unrecognized resource types: [{', '.join(sorted(absent))}]")


def _conditions_exist(template: dict, resources: dict) -> None:
    defined = template.get("Conditions") or {}
    for block, members in (("Resources", resources), ("Outputs", template.get("Outputs") or {})):
        for body in members.values():
            used = [body["Condition"]] if isinstance(body.get("Condition"), str) else []
            for name in [*used, *_ifs(body)]:
                if name not in defined:
                    raise ValueError(f"Template format error: Unresolved condition dependency {name} in the {block} block of the template")


def _ifs(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _ifs(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Fn::If" and isinstance(value, list) and value and isinstance(value[0], str):
                yield value[0]
            yield from _ifs(value)


def _references(body: dict, truth: dict[str, bool]) -> Iterator[tuple[str, str | None]]:
    depends_on = body.get("DependsOn") or []
    for name in [depends_on] if isinstance(depends_on, str) else depends_on:
        yield name, None
    for key in ("Properties", "Value", "Metadata", "UpdatePolicy", "CreationPolicy", "Export"):
        yield from _walk(body.get(key), truth)


def _walk(node: Any, truth: dict[str, bool]) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, truth)
        return
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "Ref" and isinstance(value, str):
            yield value, None
        elif key == "Fn::GetAtt" and isinstance(value, (str, list)):
            name, attribute = value.split(".", 1) if isinstance(value, str) else (value[0], value[1])
            yield name, attribute if isinstance(attribute, str) else None
        elif key == "Fn::Sub":
            yield from _sub(value, truth)
        elif key == "Fn::If" and isinstance(value, list) and len(value) == 3 and value[0] in truth:
            yield from _walk(value[1] if truth[value[0]] else value[2], truth)
        else:
            yield from _walk(value, truth)


def _sub(argument: Any, truth: dict[str, bool]) -> Iterator[tuple[str, str | None]]:
    text, bound = argument if isinstance(argument, list) else (argument, {})
    for variable in VARIABLE.findall(text):
        if variable.strip() not in bound:
            name, _, attribute = variable.strip().partition(".")
            yield name, attribute or None
    yield from _walk(list(bound.values()), truth)


def _attribute_exists(resources: dict, name: str, attribute: str | None) -> None:
    resource_type = resources.get(name, {}).get("Type", "")
    schema = schemas.schema(resource_type)
    if not attribute or not schema or resource_type.startswith("AWS::CloudFormation::"):
        return
    if attribute.split(".")[0] not in schema["properties"]:
        raise ValueError(f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt")


def install() -> None:
    """Adds the checks to ministack's own, for create, update, change sets, validation and nested stacks."""
    native = module(f"{CLOUDFORMATION}.engine").validate_template_support

    def validate(template: dict, conditions: dict, params: dict | None = None) -> None:
        native(template, conditions, params=params)
        if template.get("Resources") and not template.get("Transform"):
            check(template, conditions)

    for place in PLACES:
        module(f"{CLOUDFORMATION}.{place}").validate_template_support = validate
