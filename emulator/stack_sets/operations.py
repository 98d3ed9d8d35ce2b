"""Operations of a stack set: accepting one, reading them, stopping one.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackSetOperation.html
"""

import re
from typing import Any

from ministack.core.responses import new_uuid

from emulator.stack_sets import errors, execute, responses, store
from emulator.stack_sets.actions import action
from emulator.stack_sets.execute import Plan
from emulator.stack_sets.model import ADMINISTRATION_ROLE, Operation, StackSet
from emulator.stack_sets.requests import Params, filters, fingerprint, page, required, text

_ID = re.compile(r"[a-zA-Z0-9][-a-zA-Z0-9]{0,127}")


def repeated(params: Params, stack_set: StackSet) -> dict[str, Any] | None:
    """The answer to a request that was accepted before under the same operation id; None for a new one.

    Raises OperationIdAlreadyExistsException when the id belongs to another request.
    """
    operation_id = text(params, "OperationId")
    if operation_id is None:
        return None
    if not _ID.fullmatch(operation_id):
        raise errors.invalid(f"1 validation error detected: Value '{operation_id}' at 'operationId' failed to satisfy "
                             "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*")
    operation = stack_set.operations.get(operation_id)
    if operation is None:
        return None
    if operation.fingerprint != fingerprint(params):
        raise errors.operation_id_exists(operation_id)
    return {"OperationId": operation_id}


def check_free(stack_set: StackSet) -> None:
    """One operation at a time, unless managed execution queues the others.

    Raises OperationInProgressException.
    """
    if stack_set.busy and not stack_set.managed_execution:
        raise errors.operation_in_progress(stack_set.arn)


def begin(params: Params, stack_set: StackSet, kind: str, plan: Plan, retain_stacks: bool | None = None) -> dict[str, Any]:
    """Accepts an operation and answers its id.

    Raises OperationInProgressException.
    """
    check_free(stack_set)
    default_role = f"arn:aws:iam::{stack_set.account}:role/{ADMINISTRATION_ROLE}" if stack_set.self_managed else None
    operation = Operation(
        id=text(params, "OperationId") or new_uuid(), action=kind, fingerprint=fingerprint(params),
        preferences=plan.preferences.described(), retain_stacks=retain_stacks,
        administration_role_arn=stack_set.administration_role_arn or default_role,
        execution_role_name=stack_set.execution_role_name)
    execute.submit(stack_set, operation, plan)
    return {"OperationId": operation.id}


def _named(params: Params) -> tuple[StackSet, Operation]:
    stack_set = store.find(required(params, "StackSetName"))
    operation_id = required(params, "OperationId")
    operation = stack_set.operations.get(operation_id)
    if operation is None:
        raise errors.operation_not_found(operation_id)
    return stack_set, operation


@action("DescribeStackSetOperation")
def describe_stack_set_operation(params: Params) -> dict[str, Any]:
    """One operation in full."""
    return {"StackSetOperation": responses.operation(*_named(params))}


@action("ListStackSetOperations")
def list_stack_set_operations(params: Params) -> dict[str, Any]:
    """The stack set's operations, the latest first."""
    operations = list(store.find(required(params, "StackSetName")).operations.values())[::-1]
    listed, token = page(params, "ListStackSetOperations", operations)
    return {"Summaries": [responses.operation_summary(operation) for operation in listed], "NextToken": token}


@action("ListStackSetOperationResults")
def list_stack_set_operation_results(params: Params) -> dict[str, Any]:
    """What the operation did in each account and region."""
    _, operation = _named(params)
    wanted = filters(params).get("OPERATION_RESULT_STATUS")
    results = [result for result in operation.results if wanted in (None, result.status)]
    listed, token = page(params, "ListStackSetOperationResults", results)
    return {"Summaries": [responses.result(result) for result in listed], "NextToken": token}


@action("StopStackSetOperation")
def stop_stack_set_operation(params: Params) -> None:
    """Stops an operation that runs or waits; what is under way ends by itself."""
    stack_set, operation = _named(params)
    if operation.status not in ("RUNNING", "QUEUED"):
        raise errors.invalid_operation(f"Operation {operation.id} is in {operation.status} state and can not be stopped")
    execute.stop(stack_set, operation)
