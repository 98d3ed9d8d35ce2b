"""The stack behind one stack instance: created, updated and deleted as any other stack of its account and region.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import new_uuid, set_request_account_id, set_request_region
from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

from emulator.stack_sets import roles
from emulator.stack_sets.model import Instance, StackSet
from emulator.stack_sets.requests import Params, message
from emulator.stack_sets.template import declared_parameters

STORED_TEMPLATE = object()
"""Key of a template that goes to a stack from here, whatever its size; no request from outside can hold it."""

_POLL_SECONDS = 0.005
_NOT_UPDATABLE = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED")
_NO_UPDATES = "No updates are to be performed."


@dataclass(frozen=True)
class Outcome:
    """How the work in one place ended, with CloudFormation's reason when it failed."""

    succeeded: bool
    reason: str | None = None


def install() -> None:
    """Lets stacks take a stored template of more bytes than a request may hold."""
    native = handlers._resolve_template

    def resolve_template(params: Params) -> tuple[str | None, Any]:
        stored = params.get(STORED_TEMPLATE)
        return (stored, None) if stored is not None else native(params)

    handlers._resolve_template = resolve_template


def enter(instance: Instance) -> None:
    """Makes the current task act in the instance's account and region."""
    set_request_account_id(instance.account)
    set_request_region(instance.region)


def record(instance: Instance) -> dict[str, Any] | None:
    """The instance's stack in the current account and region; None when it was never made or is deleted."""
    stack = cloudformation._stacks.get(instance.stack_name) if instance.stack_name else None
    return stack if stack and stack["StackStatus"] != "DELETE_COMPLETE" else None


async def deploy(stack_set: StackSet, instance: Instance) -> Outcome:
    """Brings the instance's stack to the stack set's template and parameters: created, updated, or found as it should be."""
    enter(instance)
    refused = roles.refusal(stack_set, instance.account)
    if refused:
        return Outcome(False, refused)
    outcome = await (_update if record(instance) else _create)(stack_set, instance)
    if outcome.succeeded:
        instance.deployed_parameters = list(declared_parameters(stack_set.template))
    return outcome


async def delete(stack_set: StackSet, instance: Instance) -> Outcome:
    """Deletes the instance's stack."""
    enter(instance)
    refused = roles.refusal(stack_set, instance.account)
    if refused:
        return Outcome(False, refused)
    stack = record(instance)
    if not stack:
        return Outcome(True)
    seen = len(_events(stack))
    response = handlers._delete_stack({"StackName": [instance.stack_name]})
    if response[0] >= 400:
        return Outcome(False, message(response))
    await _settled(stack, lambda status: status == "DELETE_COMPLETE"
                   or status == "DELETE_FAILED" and len(_events(stack)) > seen)
    return _judged(stack, "DELETE_COMPLETE", seen)


async def _create(stack_set: StackSet, instance: Instance) -> Outcome:
    """A stack that fails to be created is deleted.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
    """
    instance.stack_name = f"StackSet-{stack_set.name}-{new_uuid()}"
    response = handlers._create_stack(_request(stack_set, instance) | {"OnFailure": ["DELETE"]})
    if response[0] >= 400:
        instance.stack_name = None
        return Outcome(False, message(response))
    stack = cloudformation._stacks[instance.stack_name]
    instance.stack_id = stack["StackId"]
    await _settled(stack, lambda status: status in ("CREATE_COMPLETE", "DELETE_COMPLETE", "DELETE_FAILED"))
    return _judged(stack, "CREATE_COMPLETE", 0)


async def _update(stack_set: StackSet, instance: Instance) -> Outcome:
    stack = cloudformation._stacks[instance.stack_name]
    if stack["StackStatus"] in _NOT_UPDATABLE:
        return Outcome(False, f"Stack:{stack['StackId']} is in {stack['StackStatus']} state and can not be updated.")
    seen = len(_events(stack))
    response = handlers._update_stack(_request(stack_set, instance))
    if response[0] >= 400:
        refused = message(response)
        return Outcome(True) if refused == _NO_UPDATES else Outcome(False, refused)
    await _settled(stack, lambda status: not status.endswith("_IN_PROGRESS"))
    return _judged(stack, "UPDATE_COMPLETE", seen)


def _request(stack_set: StackSet, instance: Instance) -> Params:
    """The request that StackSets sends to CloudFormation in the target account."""
    declared = declared_parameters(stack_set.template)
    values = {name: value for name, value in (stack_set.parameters | instance.overrides).items() if name in declared}
    request: Params = {STORED_TEMPLATE: stack_set.template, "StackName": [instance.stack_name], "Tags": [""]}
    for index, (name, value) in enumerate(values.items(), 1):
        request[f"Parameters.member.{index}.ParameterKey"] = [name]
        request[f"Parameters.member.{index}.ParameterValue"] = [value]
    for index, capability in enumerate(stack_set.capabilities, 1):
        request[f"Capabilities.member.{index}"] = [capability]
    for index, tag in enumerate(stack_set.tags, 1):
        request[f"Tags.member.{index}.Key"] = [tag["Key"]]
        request[f"Tags.member.{index}.Value"] = [tag["Value"]]
    return request


async def _settled(stack: dict[str, Any], settled: Callable[[str], bool]) -> None:
    while not settled(stack["StackStatus"]):
        await asyncio.sleep(_POLL_SECONDS)


def _events(stack: dict[str, Any]) -> list[dict[str, Any]]:
    return cloudformation._stack_events.get(stack["StackId"]) or []


def _judged(stack: dict[str, Any], good: str, seen: int) -> Outcome:
    """The outcome by the stack's last status; a failure is explained by the first failed resource among the new events."""
    if stack["StackStatus"] == good:
        return Outcome(True)
    failures = [event for event in _events(stack)[seen:] if event["ResourceStatus"].endswith("_FAILED")]
    resource = next((event for event in failures if event["LogicalResourceId"] != stack["StackName"]), None)
    if resource:
        return Outcome(False, f"ResourceLogicalId:{resource['LogicalResourceId']}, ResourceType:{resource['ResourceType']}, "
                              f"ResourceStatusReason:{resource['ResourceStatusReason']}.")
    reasons = [event["ResourceStatusReason"] for event in failures if event["ResourceStatusReason"]]
    return Outcome(False, (reasons + [stack.get("StackStatusReason") or f"Stack is in {stack['StackStatus']} state"])[0])
