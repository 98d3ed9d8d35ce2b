"""``IncludeNestedStacks``: a change set for every nested stack that a change set touches, so that a review sees to the bottom.

ministack takes the parameter and stops at the root. A parameter whose value only the update will tell keeps its present value.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/change-sets-for-nested-stacks.html
"""

import copy
from html import escape
from typing import Any

from emulator.ministack_hooks import CLOUDFORMATION, module

STACK = "AWS::CloudFormation::Stack"
CHILD = "ChangeSetId"


def _child_parameters(properties: dict, child: dict, template: dict) -> dict[str, str]:
    """The form of the child's parameters: as the parent gives them where that is text, else as they are."""
    flat: dict[str, str] = {}
    given = properties.get("Parameters") or {}
    for number, name in enumerate(sorted(template.get("Parameters") or {}), 1):
        flat[f"Parameters.member.{number}.ParameterKey"] = name
        value = given.get(name)
        if isinstance(value, (str, int, float, bool)):
            flat[f"Parameters.member.{number}.ParameterValue"] = str(value).lower() if isinstance(value, bool) else str(value)
        elif name in (child.get("_resolved_params") or {}):
            flat[f"Parameters.member.{number}.UsePreviousValue"] = "true"
    return flat


def _nested(change_set: dict, create: Any) -> None:
    """Makes the change sets of the nested stacks that ``change_set`` modifies, and notes their ids in its changes."""
    engine, cloudformation = module(f"{CLOUDFORMATION}.engine"), module(CLOUDFORMATION)
    parent = cloudformation._stacks[change_set["StackName"]]
    template, parameters = change_set["_template"], change_set["_resolved_params"]
    conditions = engine._evaluate_conditions(template, parameters)
    for change in change_set["Changes"]:
        resource = change["ResourceChange"]
        record = parent["_resources"].get(resource["LogicalResourceId"])
        if resource["ResourceType"] != STACK or resource["Action"] != "Modify" or not record:
            continue
        child = cloudformation._stacks.get(record["PhysicalResourceId"].split("/")[1])
        properties = engine._resolve_refs(copy.deepcopy(template["Resources"][resource["LogicalResourceId"]]["Properties"]), parent["_resources"], parameters,
                                          conditions, template.get("Mappings", {}), parent["StackName"], parent["StackId"])
        body = engine._parse_template(module("emulator.urls").read(properties["TemplateURL"]))
        made = create({
            "StackName": child["StackName"], "ChangeSetName": f"{change_set['ChangeSetName']}-{resource['LogicalResourceId']}", "ChangeSetType": "UPDATE",
            "TemplateURL": properties["TemplateURL"], "IncludeNestedStacks": "true", "Capabilities.member.1": "CAPABILITY_NAMED_IAM",
            **_child_parameters(properties, child, body),
        })
        if made[0] == 200:
            resource[CHILD] = made[2].decode().split("<Id>")[1].split("</Id>")[0]


def _family(change_set_id: str) -> list[str]:
    """A change set and those of its nested stacks."""
    found = module(CLOUDFORMATION)._change_sets.get(change_set_id) or {}
    children = [change["ResourceChange"].get(CHILD) for change in found.get("Changes", [])]
    return [change_set_id, *(each for child in children if child for each in _family(child))]


def _with_children(answer: tuple, change_set: dict) -> tuple:
    """A description with the ids of the nested change sets, which ministack does not write."""
    status, headers, body = answer
    text = body.decode()
    for change in change_set["Changes"]:
        resource = change["ResourceChange"]
        if resource.get(CHILD):
            name = f"<LogicalResourceId>{escape(resource['LogicalResourceId'])}</LogicalResourceId>"
            text = text.replace(name, f"{name}<{CHILD}>{resource[CHILD]}</{CHILD}>", 1)
    return status, headers, text.encode()


def install() -> None:
    """Lets change sets reach into nested stacks when they are asked to."""
    actions = module(f"{CLOUDFORMATION}.handlers")._ACTION_HANDLERS
    helpers, changesets = module(f"{CLOUDFORMATION}.helpers"), module(f"{CLOUDFORMATION}.changesets")
    native = {name: actions[name] for name in ("CreateChangeSet", "DescribeChangeSet", "DeleteChangeSet")}

    def find(params: dict) -> tuple[str | None, dict | None]:
        return changesets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))

    def create(params: dict) -> Any:
        answer = native["CreateChangeSet"](params)
        if answer[0] != 200 or helpers._p(params, "IncludeNestedStacks", "false").lower() != "true" or helpers._p(params, "DeploymentMode"):
            return answer
        change_set = module(CLOUDFORMATION)._change_sets[answer[2].decode().split("<Id>")[1].split("</Id>")[0]]
        if change_set["ChangeSetType"] == "UPDATE":
            _nested(change_set, create)
        return answer

    def describe(params: dict) -> Any:
        answer, (_, change_set) = native["DescribeChangeSet"](params), find(params)
        return _with_children(answer, change_set) if change_set and answer[0] == 200 else answer

    def delete(params: dict) -> Any:
        change_set_id, _ = find(params)
        nested = _family(change_set_id)[1:] if change_set_id else []
        answer = native["DeleteChangeSet"](params)
        for child in nested if answer[0] == 200 else []:
            module(CLOUDFORMATION)._change_sets.pop(child, None)
        return answer

    actions.update({"CreateChangeSet": create, "DescribeChangeSet": describe, "DeleteChangeSet": delete})
