"""What a failed rollback could not delete stays in its stack, so that a later deletion tries again.

ministack forgets a resource that its rollback failed to delete, and a parent never knows of a nested stack that failed
to be made.
"""

from typing import Any

from emulator.ministack_hooks import CLOUDFORMATION, module

STACK = "AWS::CloudFormation::Stack"
LOGICAL_ID = "_logical_id"
"""Key of a nested stack's record: the logical id that it has in its parent."""


def _adopt(stack: dict) -> None:
    """Gives ``stack`` back the nested stacks that it does not know and that are still there."""
    known = {resource["PhysicalResourceId"] for resource in stack.get("_resources", {}).values()}
    for child in list(module(CLOUDFORMATION)._stacks.values()):
        lost = child.get("ParentId") == stack["StackId"] and child["StackId"] not in known
        if lost and child["StackStatus"] != "DELETE_COMPLETE":
            stack["_resources"].setdefault(child[LOGICAL_ID], {
                "PhysicalResourceId": child["StackId"], "ResourceType": STACK, "ResourceStatus": "DELETE_FAILED",
                "LogicalResourceId": child[LOGICAL_ID], "Properties": {}, "Attributes": {}, "Timestamp": child["LastUpdatedTime"]})


def install() -> None:
    """Wraps the rollback of an operation and the deletion of a stack."""
    stacks = module(f"{CLOUDFORMATION}.stacks")
    native_rollback, native_delete = stacks._roll_back_operation, stacks._delete_stack_async

    async def roll_back(stack_name: str, stack_id: str, stack: dict, operation: dict, reason_override: str = "") -> None:
        before = dict(stack.get("_resources", {}))
        await native_rollback(stack_name, stack_id, stack, operation, reason_override)
        if stack["StackStatus"] == "ROLLBACK_FAILED":
            stuck = [logical_id for logical_id in stack.get("_rollback_failed", {}) if logical_id in before]
            stack["_resources"].update({name: before[name] | {"ResourceStatus": "DELETE_FAILED"} for name in stuck})

    async def delete(stack_name: str, stack_id: str, *arguments: Any, **named: Any) -> None:
        stack = module(CLOUDFORMATION)._stacks.get(stack_name)
        if stack:
            _adopt(stack)
        await native_delete(stack_name, stack_id, *arguments, **named)

    stacks._roll_back_operation, stacks._delete_stack_async = roll_back, delete
    module(f"{CLOUDFORMATION}.handlers")._delete_stack_async = delete
