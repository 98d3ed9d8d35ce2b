"""Drift of a whole stack set: every instance's stack is checked against its template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html
"""

from typing import Any

from ministack.core.responses import now_iso
from ministack.services.cloudformation import handlers

from emulator.stack_sets import operations, preferences, stacks, store
from emulator.stack_sets.actions import action
from emulator.stack_sets.execute import Plan
from emulator.stack_sets.model import Instance, Operation, Place, StackSet
from emulator.stack_sets.requests import Params, message, required
from emulator.stack_sets.stacks import Outcome

_STATUS = {"SUCCEEDED": "COMPLETED", "FAILED": "FAILED", "STOPPED": "STOPPED"}


@action("DetectStackSetDrift")
def detect_stack_set_drift(params: Params) -> dict[str, Any]:
    """Starts a drift detection on every instance; nested stacks are not looked into, as in AWS."""
    stack_set = store.find(required(params, "StackSetName"))
    accepted = operations.repeated(params, stack_set)
    if accepted:
        return accepted

    def prepare() -> list[Place]:
        stack_set.drift = _details(stack_set, "IN_PROGRESS", 0)
        return list(stack_set.instances)

    def finish(operation: Operation) -> None:
        status = _STATUS[operation.status]
        if status == "COMPLETED" and operation.failures:
            status = "PARTIAL_SUCCESS"
        stack_set.drift = _details(stack_set, status, operation.failures)

    plan = Plan(preferences.read(params), prepare, _detect, _settle, finish)
    return operations.begin(params, stack_set, "DETECT_DRIFT", plan)


async def _detect(instance: Instance) -> Outcome:
    stacks.enter(instance)
    stack = stacks.record(instance)
    if not stack:
        return Outcome(False, "The stack of the stack instance does not exist")
    response = handlers._detect_stack_drift({"StackName": [instance.stack_name]})
    if response[0] >= 400:
        return Outcome(False, message(response))
    instance.drift_status = stack["DriftInformation"]["StackDriftStatus"]
    instance.last_drift_check = stack["DriftInformation"]["LastCheckTimestamp"]
    return Outcome(True)


def _settle(instance: Instance, outcome: Outcome) -> None:
    instance.settle(instance.status, "SUCCEEDED" if outcome.succeeded else "FAILED", outcome.reason)


def _details(stack_set: StackSet, status: str, failed: int) -> dict[str, Any]:
    drifts = [instance.drift_status for instance in stack_set.instances.values()]
    ended = status != "IN_PROGRESS"
    return {
        "DriftStatus": "DRIFTED" if "DRIFTED" in drifts else "IN_SYNC" if "IN_SYNC" in drifts else "NOT_CHECKED",
        "DriftDetectionStatus": status,
        "LastDriftCheckTimestamp": now_iso() if ended else (stack_set.drift or {}).get("LastDriftCheckTimestamp"),
        "TotalStackInstancesCount": len(drifts),
        "DriftedStackInstancesCount": drifts.count("DRIFTED") if ended else 0,
        "InSyncStackInstancesCount": drifts.count("IN_SYNC") if ended else 0,
        "InProgressStackInstancesCount": 0 if ended else len(drifts),
        "FailedStackInstancesCount": failed,
    }
