"""``AWS::CloudFormation::Stack`` as a stack of its own, made by the same engine as every other.

ministack's own path loses attributes on update, leaks failed children and ignores dynamic references and deletion
policies. Children stay readable by id after they are gone, with their events.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
"""

import asyncio
import copy
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid, now_iso

from emulator import capabilities, continued_rollback, urls
from emulator.handler import Created
from emulator.leftovers import LOGICAL_ID
from emulator.ministack_hooks import CLOUDFORMATION, module

STACK = "AWS::CloudFormation::Stack"
RESTORED = ("_resources", "_template", "_template_body", "_resolved_params", "_conditions", "Parameters", "Tags", "Outputs")
FAILED = ("CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED")


@dataclass(frozen=True)
class Source:
    """A child's template with everything that its deployment needs."""

    body: str
    template: dict
    parameters: dict
    conditions: dict
    tags: list[dict]


def _source(properties: dict, parent: dict) -> Source:
    """The child's template, read and checked. Raises ValueError with CloudFormation's reason."""
    engine = module(f"{CLOUDFORMATION}.engine")
    if not properties.get("TemplateURL"):
        raise ValueError("Property TemplateURL cannot be empty.")
    body = urls.read(properties["TemplateURL"])
    given = [{"Key": key, "Value": _text(value), "UsePreviousValue": False}
             for key, value in (properties.get("Parameters") or {}).items()]
    sent = engine._parse_template(body)
    _parameters_exist(sent, given)
    template = engine._apply_transforms(sent, given)
    lacking = capabilities.missing(template, parent.get("Capabilities") or [])
    if lacking:
        raise ValueError(capabilities.refusal(lacking))
    parameters = engine._resolve_parameters(template, given)
    conditions = engine._evaluate_conditions(template, parameters)
    engine.validate_template_support(template, conditions, params=parameters)
    own = module(f"{CLOUDFORMATION}.provisioners")._tag_map(properties.get("Tags"))
    tags = [{"Key": key, "Value": value} for key, value in own.items() if not key.startswith("aws:")]
    return Source(body, template, parameters, conditions, tags)


def _parameters_exist(template: dict, given: list[dict]) -> None:
    unknown = sorted({entry["Key"] for entry in given} - set(template.get("Parameters") or {}))
    if unknown:
        raise ValueError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")


def _text(value: Any) -> str:
    if isinstance(value, (list, dict)):
        raise ValueError("Value of property Parameters must be an object with String (or simple type) properties")
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _described(source: Source) -> dict:
    parameters = [{"ParameterKey": key, "ParameterValue": value["Value"], "NoEcho": value["NoEcho"]}
                  for key, value in source.parameters.items()]
    return {"Description": source.template.get("Description", ""), "Parameters": parameters, "Tags": source.tags,
            "_template_body": source.body, "_conditions": source.conditions}


def _record(stack_id: str) -> dict:
    stack = module(CLOUDFORMATION)._stacks.get(_name(stack_id))
    if stack is None:
        raise ValueError(f"Stack with id {stack_id} does not exist")
    return stack


def _name(stack_id: str) -> str:
    return stack_id.split("/")[1]


def _outputs(stack: dict) -> dict[str, str]:
    return {f"Outputs.{output['OutputKey']}": output["OutputValue"] for output in stack["Outputs"]}


def _failures(stack_id: str, verb: str, since: int = 0) -> str:
    """CloudFormation's sentence on the resources of a child that failed after its event number ``since``."""
    written = module(CLOUDFORMATION)._stack_events.get(stack_id, [])[since:]
    failed = [event["LogicalResourceId"] for event in written
              if event["ResourceStatus"] in FAILED and event["LogicalResourceId"] != _name(stack_id)]
    return f"The following resource(s) failed to {verb}: [{', '.join(dict.fromkeys(failed))}]."


def _announce(stack: dict, status: str) -> None:
    stack["StackStatus"] = status
    module(f"{CLOUDFORMATION}.stacks")._add_event(stack["StackId"], stack["StackName"], stack["StackName"], STACK, status,
                                                  "User Initiated", stack["StackId"])


def create(logical_id: str, properties: dict, parent_name: str) -> Created:
    """Makes the child; a child that fails is rolled back and deleted before the parent hears of it."""
    cloudformation, stacks = module(CLOUDFORMATION), module(f"{CLOUDFORMATION}.stacks")
    parent = cloudformation._stacks.get(parent_name) or {}
    source = _source(properties, parent)
    name = f"{parent_name}-{logical_id}-{new_uuid().replace('-', '')[:12].upper()}"[-128:].lstrip("-0123456789")
    stack_id = f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:stack/{name}/{new_uuid()}"
    stack = _described(source) | {
        "StackName": name, "StackId": stack_id, "StackStatusReason": "", "CreationTime": now_iso(),
        "LastUpdatedTime": now_iso(), "Outputs": [], "DisableRollback": False, "_region": get_region(), "_resources": {},
        "_template": source.template, "_resolved_params": source.parameters, "_parent_stack_name": parent_name, LOGICAL_ID: logical_id,
        "ParentId": parent.get("StackId", ""), "RootId": parent.get("RootId") or parent.get("StackId", ""),
        "Capabilities": parent.get("Capabilities") or [],
    }
    cloudformation._stacks[name] = stack
    cloudformation._stack_events[stack_id] = []
    _announce(stack, "CREATE_IN_PROGRESS")
    asyncio.run(stacks._deploy_stack_async(name, stack_id, source.template, source.parameters, False, source.tags))
    if stack["StackStatus"] != "CREATE_COMPLETE":
        reason = _failures(stack_id, "create")
        asyncio.run(stacks._delete_stack_async(name, stack_id))
        raise ValueError(f"Embedded stack {stack_id} was not successfully created: {reason}")
    return stack_id, _outputs(stack)


def update(stack_id: str, old: dict, new: dict, parent_name: str) -> Created:
    """Updates the child; does nothing when neither its template, its resolved parameters nor its tags change."""
    cloudformation, stacks = module(CLOUDFORMATION), module(f"{CLOUDFORMATION}.stacks")
    stack, name = _record(stack_id), _name(stack_id)
    parent = cloudformation._stacks.get(parent_name) or {}
    continued_rollback.settle(stack, parent)
    if not stack["StackStatus"].endswith("_COMPLETE"):
        raise ValueError(f"Embedded stack {stack_id} cannot be updated: it is in {stack['StackStatus']} state")
    source = _source(new, parent)
    if _same(source, stack):
        return stack_id, _outputs(stack)
    previous = {key: copy.deepcopy(stack.get(key)) for key in RESTORED}
    stack.update(_described(source) | {"LastUpdatedTime": now_iso(), "Capabilities": parent.get("Capabilities") or []})
    since = len(cloudformation._stack_events[stack_id])
    _announce(stack, "UPDATE_IN_PROGRESS")
    asyncio.run(stacks._deploy_stack_async(name, stack_id, source.template, source.parameters, False, source.tags,
                                           is_update=True, previous_stack=previous))
    if stack["StackStatus"] != "UPDATE_COMPLETE":
        raise ValueError(f"Embedded stack {stack_id} was not successfully updated. Currently in {stack['StackStatus']} "
                         f"with reason: {_failures(stack_id, 'update', since)}")
    return stack_id, _outputs(stack)


def _same(source: Source, stack: dict) -> bool:
    values = {key: value["Value"] for key, value in stack["_resolved_params"].items()}
    return (source.template == stack["_template"] and source.tags == stack["Tags"]
            and {key: value["Value"] for key, value in source.parameters.items()} == values)


def delete(stack_id: str, properties: dict) -> None:
    """Deletes the child with everything in it. Raises ValueError when something in it cannot be deleted."""
    stack = module(CLOUDFORMATION)._stacks.get(_name(stack_id))
    if not stack or stack["StackStatus"] == "DELETE_COMPLETE":
        return
    since = len(module(CLOUDFORMATION)._stack_events.get(stack_id, []))
    asyncio.run(module(f"{CLOUDFORMATION}.stacks")._delete_stack_async(stack["StackName"], stack_id))
    if stack["StackStatus"] != "DELETE_COMPLETE":
        raise ValueError(f"Embedded stack {stack_id} was not successfully deleted: {_failures(stack_id, 'delete', since)}")


def install() -> None:
    """Replaces ministack's handler of nested stacks."""
    module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[STACK] = {"create": create, "update": update, "delete": delete}
