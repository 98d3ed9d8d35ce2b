"""Stack instances: create, update, delete, describe, list.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html
"""

import functools
from collections.abc import Callable
from typing import Any

from emulator.stack_sets import errors, operations, preferences, responses, stacks, store
from emulator.stack_sets.actions import action
from emulator.stack_sets.execute import Plan
from emulator.stack_sets.model import Instance, Place, StackSet
from emulator.stack_sets.requests import Params, filters, flag, given, page, parameters, places, required, text
from emulator.stack_sets.stacks import Outcome
from emulator.stack_sets.template import declared_parameters, default_values


def check_exist(stack_set: StackSet, targets: list[Place]) -> None:
    """Every target has an instance.

    Raises StackInstanceNotFoundException.
    """
    for account, region in targets:
        if (account, region) not in stack_set.instances:
            raise errors.instance_not_found(stack_set.name, account, region)


def updatable(stack_set: StackSet, targets: list[Place]) -> list[Place]:
    """The targets that have an instance which can be updated: an inoperable one is left out."""
    return [place for place in targets if place in stack_set.instances and stack_set.instances[place].status != "INOPERABLE"]


def deployed(instance: Instance, outcome: Outcome) -> None:
    """Records how a create or update ended: current, or outdated with the reason."""
    if outcome.succeeded:
        instance.settle("CURRENT", "SUCCEEDED", None)
    else:
        instance.settle("OUTDATED", "FAILED", outcome.reason)


def _targets(params: Params, stack_set: StackSet) -> list[Place]:
    targets = places(params, stack_set)
    if not targets:
        raise errors.invalid("Accounts and Regions must be specified")
    return targets


def _overrides(params: Params, stack_set: StackSet) -> Callable[[Instance], dict[str, str]]:
    """The overrides that an instance gets: those of the call when it has a list, else those it has.

    Raises ValidationError for a parameter that the template does not declare.
    """
    if not given(params, "ParameterOverrides"):
        return lambda instance: instance.overrides
    declared = declared_parameters(stack_set.template)
    unknown = [name for name in parameters(params, "ParameterOverrides", dict.fromkeys(declared, "")) if name not in declared]
    if unknown:
        raise errors.invalid(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    values = default_values(stack_set.template) | stack_set.parameters
    return lambda instance: parameters(params, "ParameterOverrides", values | instance.overrides)


@action("CreateStackInstances")
def create_stack_instances(params: Params) -> dict[str, Any]:
    """Makes instances in every account of every region given, each with its stack; existing ones are brought up to date."""
    stack_set = store.find(required(params, "StackSetName"))
    accepted = operations.repeated(params, stack_set)
    if accepted:
        return accepted
    targets = _targets(params, stack_set)
    overrides = _overrides(params, stack_set)

    def prepare() -> list[Place]:
        for account, region in targets:
            instance = stack_set.instances.setdefault((account, region), Instance(account, region))
            instance.overrides = overrides(instance)
        return updatable(stack_set, targets)

    plan = Plan(preferences.read(params), prepare, functools.partial(stacks.deploy, stack_set), deployed)
    return operations.begin(params, stack_set, "CREATE", plan)


@action("UpdateStackInstances")
def update_stack_instances(params: Params) -> dict[str, Any]:
    """Updates the parameter overrides of instances, and their stacks to the stack set as it is.

    A parameter new to the template is overridden only after the stack set's own value was rolled to the instance.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
    """
    stack_set = store.find(required(params, "StackSetName"))
    accepted = operations.repeated(params, stack_set)
    if accepted:
        return accepted
    operations.check_free(stack_set)
    targets = _targets(params, stack_set)
    check_exist(stack_set, targets)
    overrides = _overrides(params, stack_set)
    for instance in (stack_set.instances[place] for place in targets):
        early = [name for name in overrides(instance) if name not in instance.deployed_parameters]
        if early and instance.deployed_parameters:
            raise errors.invalid(f"Parameters: [{', '.join(early)}] can not be overridden before all stack instances "
                                 "are updated with them")

    def prepare() -> list[Place]:
        found = updatable(stack_set, targets)
        for instance in (stack_set.instances[place] for place in found):
            instance.overrides = overrides(instance)
        return found

    plan = Plan(preferences.read(params), prepare, functools.partial(stacks.deploy, stack_set), deployed)
    return operations.begin(params, stack_set, "UPDATE", plan)


@action("DeleteStackInstances")
def delete_stack_instances(params: Params) -> dict[str, Any]:
    """Deletes instances with their stacks, or without them when the call retains stacks; absent ones are ignored.

    An instance whose stack could not be deleted is inoperable.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html
    """
    stack_set = store.find(required(params, "StackSetName"))
    accepted = operations.repeated(params, stack_set)
    if accepted:
        return accepted
    targets = _targets(params, stack_set)
    required(params, "RetainStacks")
    retain = flag(params, "RetainStacks")

    async def work(instance: Instance) -> Outcome:
        return Outcome(True) if retain else await stacks.delete(stack_set, instance)

    def settle(instance: Instance, outcome: Outcome) -> None:
        if outcome.succeeded:
            del stack_set.instances[instance.place]
        else:
            instance.settle("INOPERABLE", "INOPERABLE", outcome.reason)

    plan = Plan(preferences.read(params), lambda: [place for place in targets if place in stack_set.instances], work, settle)
    return operations.begin(params, stack_set, "DELETE", plan, retain_stacks=retain)


@action("DescribeStackInstance")
def describe_stack_instance(params: Params) -> dict[str, Any]:
    """One instance in full."""
    stack_set = store.find(required(params, "StackSetName"))
    place = required(params, "StackInstanceAccount"), required(params, "StackInstanceRegion")
    check_exist(stack_set, [place])
    return {"StackInstance": responses.instance(stack_set, stack_set.instances[place])}


@action("ListStackInstances")
def list_stack_instances(params: Params) -> dict[str, Any]:
    """The instances, by account and region, that pass the call's filters."""
    stack_set = store.find(required(params, "StackSetName"))
    wanted = {"account": text(params, "StackInstanceAccount"), "region": text(params, "StackInstanceRegion")}
    names = {"DETAILED_STATUS": "detailed_status", "LAST_OPERATION_ID": "last_operation_id", "DRIFT_STATUS": "drift_status"}
    wanted |= {names[name]: value for name, value in filters(params).items() if name in names}
    found = [instance for _, instance in sorted(stack_set.instances.items())
             if all(value in (None, getattr(instance, field)) for field, value in wanted.items())]
    listed, token = page(params, "ListStackInstances", found)
    return {"Summaries": [responses.instance_summary(stack_set, instance) for instance in listed], "NextToken": token}
