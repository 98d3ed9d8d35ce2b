"""Change sets that bring drifted resources back to their template: ``DeploymentMode=REVERT_DRIFT``.

Made for a root stack they reach its nested stacks too, and change nothing but what drift detection finds. One that fails half-way
keeps what it had brought back, where CloudFormation would undo that.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid, now_iso

from emulator import names, references
from emulator.ministack_hooks import CLOUDFORMATION, module

STACK = "AWS::CloudFormation::Stack"
MODE = "REVERT_DRIFT"
DRIFTED = ("MODIFIED", "DELETED")
NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."


def _family(root: dict) -> list[dict]:
    """A root stack and the stacks nested in it that stand."""
    stacks = module(CLOUDFORMATION)._stacks.values()
    return [root, *(stack for stack in stacks if stack.get("RootId") == root["StackId"] and stack["StackStatus"] != "DELETE_COMPLETE")]


def _drifts(stack: dict) -> Iterator[tuple[str, dict, dict]]:
    """Logical id, record and drift of each resource of a stack that is not as its template says."""
    drift = module(f"{CLOUDFORMATION}.drift")
    for logical_id, record in stack.get("_resources", {}).items():
        if drift.supports_drift(record.get("ResourceType", "")):
            found = drift.detect_resource_drift(stack, logical_id, record, now_iso())
            if found["StackResourceDriftStatus"] in DRIFTED:
                yield logical_id, record, found


def _change(logical_id: str, record: dict, drift: dict) -> dict:
    paths = {difference["PropertyPath"].split("/")[1] for difference in drift.get("PropertyDifferences", [])}
    details = [{"Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Never"}, "Evaluation": "Static",
                "ChangeSource": "DirectModification"} for name in sorted(paths)]
    gone = drift["StackResourceDriftStatus"] == "DELETED"
    return {"ResourceChange": {
        "Action": "Add" if gone else "Modify", "LogicalResourceId": logical_id, "ResourceType": record["ResourceType"],
        "PhysicalResourceId": record.get("PhysicalResourceId", ""), "Replacement": "False", "Scope": ["Properties"], "Details": details,
    }}


def _create(params: dict) -> Any:
    helpers = module(f"{CLOUDFORMATION}.helpers")
    wanted = helpers._p(params, "StackName")
    stacks = module(CLOUDFORMATION)._stacks
    root = stacks.get(wanted.split("/")[1] if wanted.startswith("arn:") else wanted)
    if root is None or root["StackStatus"] == "DELETE_COMPLETE":
        return helpers._error("ValidationError", f"Stack [{wanted}] does not exist")
    if root.get("ParentId"):
        return helpers._error("ValidationError", "A drift-aware change set of nested stacks is made for their root stack")
    changes = [_change(*drifted) for stack in _family(root) for drifted in _drifts(stack)]
    name = helpers._p(params, "ChangeSetName")
    change_set_id = f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:changeSet/{name}/{new_uuid()}"
    module(CLOUDFORMATION)._change_sets[change_set_id] = {
        "ChangeSetId": change_set_id, "ChangeSetName": name, "StackId": root["StackId"], "StackName": root["StackName"],
        "Status": "CREATE_COMPLETE" if changes else "FAILED", "ExecutionStatus": "AVAILABLE" if changes else "UNAVAILABLE",
        "StatusReason": "" if changes else NOTHING, "CreationTime": now_iso(), "Description": "", "ChangeSetType": "UPDATE",
        "Changes": changes, "Parameters": root.get("Parameters", []), "Tags": [], "Capabilities": [], "_mode": MODE,
    }
    return helpers._xml(200, "CreateChangeSetResponse",
                        f"<CreateChangeSetResult><Id>{change_set_id}</Id><StackId>{root['StackId']}</StackId></CreateChangeSetResult>")


def _restore(stack: dict) -> None:
    """Brings every drifted resource of one stack back. Raises what the service behind it raises."""
    stacks = module(f"{CLOUDFORMATION}.stacks")
    for logical_id, record, drift in list(_drifts(stack)):
        wanted, resource_type = record.get("Properties") or {}, record["ResourceType"]
        physical_id = record.get("PhysicalResourceId", "")
        stacks._add_event(stack["StackId"], stack["StackName"], logical_id, resource_type, "UPDATE_IN_PROGRESS", "", physical_id)
        if drift["StackResourceDriftStatus"] == "DELETED":
            references.forget(resource_type, physical_id)
            names.release(resource_type, wanted, physical_id)
            physical_id, answered = stacks._provision_resource(resource_type, logical_id, wanted, stack["StackName"])
        else:
            actual = wanted | json.loads(drift["ActualProperties"])
            physical_id, answered = stacks._update_resource(resource_type, physical_id, actual, wanted, stack["StackName"], logical_id,
                                                            record.get("Attributes"))
        record["PhysicalResourceId"], record["Attributes"] = physical_id, answered
        stacks._add_event(stack["StackId"], stack["StackName"], logical_id, resource_type, "UPDATE_COMPLETE", "", physical_id)


async def _run(change_set: dict, root: dict) -> None:
    add_event = module(f"{CLOUDFORMATION}.stacks")._add_event

    def announce(stack: dict, status: str, reason: str = "") -> None:
        stack["StackStatus"], stack["StackStatusReason"], stack["LastUpdatedTime"] = status, reason, now_iso()
        add_event(stack["StackId"], stack["StackName"], stack["StackName"], STACK, status, reason, stack["StackId"])

    family = [stack for stack in _family(root) if stack is root or any(_drifts(stack))]
    for stack in family:
        announce(stack, "UPDATE_IN_PROGRESS")
    try:
        for stack in family:
            await asyncio.to_thread(_restore, stack)
    except Exception as error:  # whatever a service raises ends the operation, as it does in CloudFormation
        for stack in family:
            announce(stack, "UPDATE_ROLLBACK_COMPLETE", str(error))
        change_set["ExecutionStatus"] = "EXECUTE_FAILED"
        return
    for stack in reversed(family):
        announce(stack, "UPDATE_COMPLETE")
    change_set["ExecutionStatus"] = "EXECUTE_COMPLETE"


def install() -> None:
    """Takes over the change sets of this mode, and leaves the others to ministack."""
    actions = module(f"{CLOUDFORMATION}.handlers")._ACTION_HANDLERS
    helpers, changesets, stacks = (module(f"{CLOUDFORMATION}.{name}") for name in ("helpers", "changesets", "stacks"))
    native_create, native_execute = actions["CreateChangeSet"], actions["ExecuteChangeSet"]

    def create(params: dict) -> Any:
        return _create(params) if helpers._p(params, "DeploymentMode") == MODE else native_create(params)

    def execute(params: dict) -> Any:
        _, change_set = changesets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))
        if not change_set or change_set.get("_mode") != MODE or change_set["ExecutionStatus"] != "AVAILABLE":
            return native_execute(params)
        root = module(CLOUDFORMATION)._stacks[change_set["StackName"]]
        change_set["ExecutionStatus"] = "EXECUTE_IN_PROGRESS"
        root["StackStatus"] = "UPDATE_IN_PROGRESS"
        stacks._create_stack_task_in_region(_run(change_set, root), root, root["StackId"])
        return helpers._xml(200, "ExecuteChangeSetResponse", "<ExecuteChangeSetResult></ExecuteChangeSetResult>")

    actions["CreateChangeSet"], actions["ExecuteChangeSet"] = create, execute
