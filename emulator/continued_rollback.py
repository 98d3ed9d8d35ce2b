"""ContinueUpdateRollback reaches into nested stacks: ``ResourcesToSkip`` may name ``<nested stack's name>.<logical id>``.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
"""

import asyncio
from typing import Any

from emulator.ministack_hooks import CLOUDFORMATION, module

ACTION, SKIPPED = "ContinueUpdateRollback", "_skipped_on_continue"


def settle(child: dict, parent: dict) -> None:
    """Continues the failed rollback of a nested stack when its parent's rollback is being continued.

    Raises ValueError when the parent is still in its first rollback, or when the child fails again.
    """
    if child["StackStatus"] != "UPDATE_ROLLBACK_FAILED":
        return
    if parent.get("_rollback_failed"):
        stacks = module(f"{CLOUDFORMATION}.stacks")
        skipped = frozenset(child.pop(SKIPPED, ()))
        asyncio.run(stacks._continue_update_rollback_async(child["StackName"], child["StackId"], skipped))
    if child["StackStatus"] == "UPDATE_ROLLBACK_FAILED":
        raise ValueError(f"Embedded stack {child['StackId']} was not successfully updated. Currently in UPDATE_ROLLBACK_FAILED "
                         f"with reason: {child['StackStatusReason']}")


def _members(params: dict) -> list[str]:
    if isinstance(params.get("ResourcesToSkip"), list):
        return [str(name) for name in params["ResourcesToSkip"]]
    keys = sorted((key for key in params if key.startswith("ResourcesToSkip.member.")), key=lambda key: int(key.rsplit(".", 1)[1]))
    return [module(f"{CLOUDFORMATION}.helpers")._p(params, key) for key in keys]


def install() -> None:
    """Lets the action remember what to skip in nested stacks, and ministack handle the rest."""
    actions = module(f"{CLOUDFORMATION}.handlers")._ACTION_HANDLERS
    native = actions[ACTION]

    def continue_update_rollback(params: dict) -> Any:
        names = _members(params)
        for nested in [name for name in names if "." in name]:
            stack_name, logical_id = nested.split(".", 1)
            child = module(CLOUDFORMATION)._stacks.get(stack_name) or {}
            if logical_id not in child.get("_rollback_failed", {}):
                return module(f"{CLOUDFORMATION}.helpers")._error(
                    "ValidationError", f"Resource(s) [{nested}] cannot be skipped: only resources whose rollback failed can be skipped")
            child.setdefault(SKIPPED, []).append(logical_id)
        others = {key: value for key, value in params.items() if not key.startswith("ResourcesToSkip")}
        return native(others | {"ResourcesToSkip": [name for name in names if "." not in name]})

    actions[ACTION] = continue_update_rollback
