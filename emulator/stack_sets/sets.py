"""Stack sets themselves: create, describe, list, update, delete.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
"""

import functools
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services.cloudformation import helpers

from emulator.stack_sets import errors, instances, operations, preferences, responses, stacks, store, template
from emulator.stack_sets.actions import action
from emulator.stack_sets.execute import Plan
from emulator.stack_sets.model import EXECUTION_ROLE, Place, StackSet
from emulator.stack_sets.requests import (
    Params, choice, fingerprint, flag, given, page, parameters, places, required, strings, tags, text)


@action("CreateStackSet")
def create_stack_set(params: Params) -> dict[str, Any]:
    """Makes a stack set without instances; the same request with the same token answers the same stack set."""
    name = required(params, "StackSetName")
    problems = helpers.stack_name_problems(name) + helpers.capabilities_problems(strings(params, "Capabilities"))
    if problems:
        raise errors.invalid(helpers.validation_error_message(problems).replace("'stackName'", "'stackSetName'"))
    existing = store.named(name)
    if existing:
        return _same_request(params, existing)
    stack_set = _requested(params, name)
    template.check_permission_model(stack_set.template, stack_set.permission_model)
    template.check_capabilities(stack_set.template, stack_set.capabilities)
    template.check_parameters(stack_set.template, stack_set.parameters)
    store.add(stack_set)
    return {"StackSetId": stack_set.id}


def _same_request(params: Params, existing: StackSet) -> dict[str, Any]:
    if existing.request_token != _request_token(params):
        raise errors.name_already_exists(existing.name)
    if existing.modified:
        raise errors.created_but_modified(existing.name)
    return {"StackSetId": existing.id}


def _request_token(params: Params) -> str | None:
    return fingerprint(params) if text(params, "ClientRequestToken") else None


def _requested(params: Params, name: str) -> StackSet:
    model = choice(params, "PermissionModel", ("SELF_MANAGED", "SERVICE_MANAGED")) or "SELF_MANAGED"
    execution_role = text(params, "ExecutionRoleName")
    return StackSet(
        name=name, id=f"{name}:{new_uuid()}", account=get_account_id(), region=get_region(),
        template=template.read(params), description=text(params, "Description"),
        parameters=parameters(params, "Parameters", {}), capabilities=strings(params, "Capabilities"), tags=tags(params),
        administration_role_arn=text(params, "AdministrationRoleARN"),
        execution_role_name=(execution_role or EXECUTION_ROLE) if model == "SELF_MANAGED" else None,
        permission_model=model, auto_deployment=_auto_deployment(params, model),
        managed_execution=flag(params, "ManagedExecution.Active"), request_token=_request_token(params))


def _auto_deployment(params: Params, model: str) -> dict[str, bool] | None:
    asked = text(params, "AutoDeployment.Enabled")
    if model == "SELF_MANAGED" and asked is not None:
        raise errors.invalid("AutoDeployment is not used with self-managed permissions")
    if model == "SERVICE_MANAGED" and asked is None:
        raise errors.invalid("AutoDeployment is required if the permissions model is SERVICE_MANAGED")
    if asked is None:
        return None
    return {"Enabled": flag(params, "AutoDeployment.Enabled"),
            "RetainStacksOnAccountRemoval": flag(params, "AutoDeployment.RetainStacksOnAccountRemoval")}


@action("DescribeStackSet")
def describe_stack_set(params: Params) -> dict[str, Any]:
    """One stack set in full."""
    return {"StackSet": responses.stack_set(store.find(required(params, "StackSetName")))}


@action("ListStackSets")
def list_stack_sets(params: Params) -> dict[str, Any]:
    """The caller's stack sets in this region, by name; deleted ones are among them unless ``Status`` says otherwise."""
    wanted = choice(params, "Status", ("ACTIVE", "DELETED"))
    found = sorted((each for each in store.here() if wanted in (None, each.status)), key=lambda each: (each.name, each.id))
    listed, token = page(params, "ListStackSets", found)
    return {"Summaries": [responses.stack_set_summary(each) for each in listed], "NextToken": token}


@action("DeleteStackSet")
def delete_stack_set(params: Params) -> None:
    """Deletes a stack set that has no instances left."""
    stack_set = store.find(required(params, "StackSetName"))
    if stack_set.busy:
        raise errors.operation_in_progress(stack_set.arn)
    if stack_set.instances:
        raise errors.not_empty()
    stack_set.status = "DELETED"


@action("UpdateStackSet")
def update_stack_set(params: Params) -> dict[str, Any]:
    """Changes the stack set and updates the instances asked for, or all.

    The stack set takes the change even when the operation fails. A change of template or parameters makes all its
    instances outdated first, whichever are then updated.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
    """
    stack_set = store.find(required(params, "StackSetName"))
    accepted = operations.repeated(params, stack_set)
    if accepted:
        return accepted
    operations.check_free(stack_set)
    targets = places(params, stack_set)
    instances.check_exist(stack_set, targets)
    change = _changed(params, stack_set)

    def prepare() -> list[Place]:
        for field, value in change.items():
            setattr(stack_set, field, value)
        stack_set.modified = True
        if given(params, "Parameters") or not flag(params, "UsePreviousTemplate"):
            stack_set.outdate()
        return instances.updatable(stack_set, targets or list(stack_set.instances))

    plan = Plan(preferences.read(params), prepare, functools.partial(stacks.deploy, stack_set), instances.deployed)
    return operations.begin(params, stack_set, "UPDATE", plan)


def _changed(params: Params, stack_set: StackSet) -> dict[str, Any]:
    """The fields that the request changes, checked."""
    body = template.read(params, previous=stack_set.template)
    values = parameters(params, "Parameters", template.default_values(stack_set.template) | stack_set.parameters)
    capabilities = strings(params, "Capabilities")
    model = choice(params, "PermissionModel", ("SELF_MANAGED", "SERVICE_MANAGED")) or stack_set.permission_model
    managed = text(params, "ManagedExecution.Active")
    if model != stack_set.permission_model and stack_set.instances:
        raise errors.invalid("PermissionModel can not be modified while there are stack instances")
    if managed is not None and flag(params, "ManagedExecution.Active") != stack_set.managed_execution and stack_set.busy:
        raise errors.invalid("ManagedExecution can not be modified while there are running or queued operations")
    template.check_permission_model(body, model)
    template.check_capabilities(body, capabilities)
    template.check_parameters(body, values)
    change = {
        "template": None if flag(params, "UsePreviousTemplate") else body, "parameters": values,
        "capabilities": capabilities, "permission_model": model,
        "tags": tags(params) if given(params, "Tags") else None, "description": text(params, "Description"),
        "administration_role_arn": text(params, "AdministrationRoleARN"),
        "execution_role_name": text(params, "ExecutionRoleName"),
        "managed_execution": None if managed is None else flag(params, "ManagedExecution.Active"),
    }
    return {field: value for field, value in change.items() if value is not None}
