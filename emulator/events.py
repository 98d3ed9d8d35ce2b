"""Stack events as CloudFormation writes them.

ministack reports every resource of an updated stack as updated, and nothing of what an update deletes. Here a resource
that did not change leaves no event, and the clean-up of an update has its own events.
"""

from collections.abc import Callable
from typing import Any

from emulator import state
from emulator.ministack_hooks import CLOUDFORMATION, module

STACK = "AWS::CloudFormation::Stack"
CLEANUP = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"

_held: dict[str, tuple[tuple, dict, dict]] = {}
"""Announced updates, not yet known to change anything: arguments of the event, and the resource's former status."""


def _stack(stack_name: str) -> dict:
    return module(CLOUDFORMATION)._stacks.get(stack_name) or {}


def _is_stack(logical_id: str, stack_name: str, resource_type: str) -> bool:
    return resource_type == STACK and logical_id == stack_name


def changed(stack_name: str, logical_id: str) -> None:
    """Writes the announcement of an update, now that the resource is about to change."""
    held = _held.pop(state.key(stack_name, logical_id), None)
    if held:
        _native(*held[0], **held[1])


def deleting(stack_name: str, logical_id: str, resource_type: str, physical_id: str) -> Callable[[], None]:
    """Announces the deletion of a resource unless ministack has; the returned function reports that it is done."""
    stack_id = _stack(stack_name).get("StackId", "")
    written = module(CLOUDFORMATION)._stack_events.get(stack_id) or []
    last: dict = next((event for event in reversed(written) if event["LogicalResourceId"] == logical_id), {})
    if not stack_id or last.get("ResourceStatus") == "DELETE_IN_PROGRESS":
        return lambda: None
    _start_cleanup(stack_id, stack_name)
    _native(stack_id, stack_name, logical_id, resource_type, "DELETE_IN_PROGRESS", physical_id=physical_id)
    return lambda: _native(stack_id, stack_name, logical_id, resource_type, "DELETE_COMPLETE", physical_id=physical_id)


def _start_cleanup(stack_id: str, stack_name: str) -> None:
    stack = _stack(stack_name)
    if stack.get("StackStatus") == "UPDATE_IN_PROGRESS":
        stack["StackStatus"] = CLEANUP
        _native(stack_id, stack_name, stack_name, STACK, CLEANUP, physical_id=stack_id)


def _native(*arguments: Any, **named: Any) -> None:
    raise RuntimeError("events.install() was not called")


def _add_event(stack_id: str, stack_name: str, logical_id: str, resource_type: str, status: str, reason: str = "",
               physical_id: str = "", detailed_status: str = "") -> None:
    arguments = (stack_id, stack_name, logical_id, resource_type, status, reason, physical_id, detailed_status)
    if _is_stack(logical_id, stack_name, resource_type):
        if status == "ROLLBACK_IN_PROGRESS" and reason == "Rollback requested":
            arguments = (*arguments[:5], _rollback_reason(stack_id, stack_name), *arguments[6:])
        if status.endswith("ROLLBACK_IN_PROGRESS"):
            _stack(stack_name)["StackStatusReason"] = arguments[5]
        if status == "UPDATE_COMPLETE" and _stack(stack_name).get("StackStatus") == "UPDATE_COMPLETE":
            _finish_update(stack_id, stack_name)
        _native(*arguments)
        return
    key = state.key(stack_name, logical_id)
    record = _stack(stack_name).get("_resources", {}).get(logical_id)
    if status == "UPDATE_IN_PROGRESS" and not reason and record:
        _held[key] = (arguments, {}, {"ResourceStatus": record.get("ResourceStatus"), "Timestamp": record.get("Timestamp")})
    elif status == "UPDATE_COMPLETE" and key in _held:
        former = _held.pop(key)[2]
        if record:
            record.update(former)
    else:
        changed(stack_name, logical_id)
        _native(*arguments)


def _rollback_reason(stack_id: str, stack_name: str) -> str:
    written = module(CLOUDFORMATION)._stack_events.get(stack_id) or []
    failed = [event["LogicalResourceId"] for event in written
              if event["ResourceStatus"] == "CREATE_FAILED" and event["LogicalResourceId"] != stack_name]
    return f"The following resource(s) failed to create: [{', '.join(failed)}]. Rollback requested by user." if failed else "Rollback requested"


def _finish_update(stack_id: str, stack_name: str) -> None:
    written = module(CLOUDFORMATION)._stack_events.get(stack_id) or []
    last: dict = next((event for event in reversed(written) if event["LogicalResourceId"] == stack_name), {})
    if last.get("ResourceStatus") != CLEANUP:
        _native(stack_id, stack_name, stack_name, STACK, CLEANUP, physical_id=stack_id)


def install() -> None:
    """Puts this module between ministack's stack engine and its list of events."""
    global _native
    stacks = module(f"{CLOUDFORMATION}.stacks")
    _native = stacks._add_event
    stacks._add_event = _add_event
