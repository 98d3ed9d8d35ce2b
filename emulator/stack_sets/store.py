"""All stack sets. A stack set is a resource of one account and region, invisible from any other.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region, now_iso

from emulator.stack_sets import errors
from emulator.stack_sets.model import Place, StackSet

_stack_sets: dict[str, StackSet] = {}
_INTERRUPTED = "The local AWS stopped while the operation was under way"


def add(stack_set: StackSet) -> None:
    """Keeps a new stack set."""
    _stack_sets[stack_set.arn] = stack_set


def here() -> list[StackSet]:
    """The caller's stack sets in this region, deleted ones included, oldest first."""
    home: Place = (get_account_id(), get_region())
    return [stack_set for stack_set in _stack_sets.values() if (stack_set.account, stack_set.region) == home]


def named(name: str) -> StackSet | None:
    """The caller's active stack set of this name, id or ARN in this region."""
    wanted = name.split(":stackset/")[-1]
    return next((stack_set for stack_set in here()
                 if stack_set.status == "ACTIVE" and wanted in (stack_set.name, stack_set.id)), None)


def find(name: str) -> StackSet:
    """The stack set that a call names.

    Raises StackSetNotFoundException.
    """
    found = named(name)
    if not found:
        raise errors.stack_set_not_found(name)
    return found


def clear() -> None:
    """Forgets everything."""
    _stack_sets.clear()


def dump() -> list[dict[str, Any]]:
    """All stack sets as plain data."""
    return [stack_set.dump() for stack_set in _stack_sets.values()]


def load(dumped: list[dict[str, Any]]) -> None:
    """Takes over what ``dump`` wrote. What was under way can't go on: it failed, and its instances are outdated."""
    for data in dumped:
        stack_set = StackSet.load(data)
        _interrupt(stack_set)
        add(stack_set)


def _interrupt(stack_set: StackSet) -> None:
    for operation in stack_set.operations.values():
        if not operation.active:
            continue
        operation.status, operation.reason, operation.ended = "FAILED", _INTERRUPTED, now_iso()
        for result in operation.results:
            if result.status not in ("PENDING", "RUNNING"):
                continue
            result.status = "FAILED" if result.status == "RUNNING" else "CANCELLED"
            result.reason = _INTERRUPTED
            instance = stack_set.instances.get((result.account, result.region))
            if instance:
                instance.settle("OUTDATED", result.status, _INTERRUPTED)
