"""What the actions answer, as XML elements.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html and its neighbours
"""

from collections.abc import Collection
from typing import Any
from xml.sax.saxutils import escape

from emulator.stack_sets.model import Instance, Operation, Result, StackSet
from emulator.stack_sets.template import hidden_parameters


def xml(value: Any) -> str:
    """A dict as elements, a list as ``member`` elements; what is None is left out."""
    if isinstance(value, dict):
        return "".join(f"<{key}>{xml(item)}</{key}>" for key, item in value.items() if item is not None)
    if isinstance(value, list):
        return "".join(f"<member>{xml(item)}</member>" for item in value)
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


def _parameters(values: dict[str, str], hidden: Collection[str] = ()) -> list[dict[str, str]]:
    return [{"ParameterKey": name, "ParameterValue": "****" if name in hidden else value} for name, value in values.items()]


def _drift_status(stack_set: StackSet) -> str:
    return (stack_set.drift or {}).get("DriftStatus", "NOT_CHECKED")


def stack_set_summary(stack_set: StackSet) -> dict[str, Any]:
    """An entry of ListStackSets."""
    return {
        "StackSetName": stack_set.name, "StackSetId": stack_set.id, "Description": stack_set.description,
        "Status": stack_set.status, "AutoDeployment": stack_set.auto_deployment,
        "PermissionModel": stack_set.permission_model, "DriftStatus": _drift_status(stack_set),
        "LastDriftCheckTimestamp": (stack_set.drift or {}).get("LastDriftCheckTimestamp"),
        "ManagedExecution": {"Active": stack_set.managed_execution},
    }


def stack_set(stack_set: StackSet) -> dict[str, Any]:
    """The answer of DescribeStackSet; values of NoEcho parameters are hidden."""
    return {
        "StackSetName": stack_set.name, "StackSetId": stack_set.id, "Description": stack_set.description,
        "Status": stack_set.status, "TemplateBody": stack_set.template,
        "Parameters": _parameters(stack_set.parameters, hidden_parameters(stack_set.template)),
        "Capabilities": stack_set.capabilities, "Tags": stack_set.tags, "StackSetARN": stack_set.arn,
        "AdministrationRoleARN": stack_set.administration_role_arn,
        "ExecutionRoleName": stack_set.execution_role_name, "StackSetDriftDetectionDetails": stack_set.drift,
        "AutoDeployment": stack_set.auto_deployment, "PermissionModel": stack_set.permission_model,
        "OrganizationalUnitIds": [], "ManagedExecution": {"Active": stack_set.managed_execution},
        "Regions": sorted({region for _, region in stack_set.instances}),
    }


def instance_summary(stack_set: StackSet, instance: Instance) -> dict[str, Any]:
    """An entry of ListStackInstances."""
    return {
        "StackSetId": stack_set.id, "Region": instance.region, "Account": instance.account,
        "StackId": instance.stack_id, "Status": instance.status, "StatusReason": instance.reason,
        "StackInstanceStatus": {"DetailedStatus": instance.detailed_status}, "DriftStatus": instance.drift_status,
        "LastDriftCheckTimestamp": instance.last_drift_check, "LastOperationId": instance.last_operation_id,
    }


def instance(stack_set: StackSet, instance: Instance) -> dict[str, Any]:
    """The answer of DescribeStackInstance."""
    return instance_summary(stack_set, instance) | {
        "ParameterOverrides": _parameters(instance.overrides, hidden_parameters(stack_set.template))}


def operation_summary(operation: Operation) -> dict[str, Any]:
    """An entry of ListStackSetOperations."""
    return {
        "OperationId": operation.id, "Action": operation.action, "Status": operation.status,
        "CreationTimestamp": operation.created, "EndTimestamp": operation.ended, "StatusReason": operation.reason,
        "StatusDetails": {"FailedStackInstancesCount": operation.failures},
        "OperationPreferences": operation.preferences,
    }


def operation(stack_set: StackSet, operation: Operation) -> dict[str, Any]:
    """The answer of DescribeStackSetOperation."""
    return operation_summary(operation) | {
        "StackSetId": stack_set.id, "RetainStacks": operation.retain_stacks,
        "AdministrationRoleARN": operation.administration_role_arn,
        "ExecutionRoleName": operation.execution_role_name,
        "StackSetDriftDetectionDetails": stack_set.drift if operation.action == "DETECT_DRIFT" else None,
    }


def result(result: Result) -> dict[str, Any]:
    """An entry of ListStackSetOperationResults; no account here has a gate function, which AWS reports as skipped."""
    gate = f"arn:aws:lambda:{result.region}:{result.account}:function:AWSCloudFormationStackSetAccountGate"
    return {
        "Account": result.account, "Region": result.region, "Status": result.status, "StatusReason": result.reason,
        "AccountGateResult": {"Status": "SKIPPED", "StatusReason": f"Function not found: {gate}"},
    }
