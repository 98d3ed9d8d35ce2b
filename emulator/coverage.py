"""What stands behind the resources of the stacks here: a service's behaviour (emulated) or only a record (recorded)."""

from typing import Any

from emulator import resource_types
from emulator.ministack_hooks import CLOUDFORMATION, module


def report() -> dict[str, Any]:
    """The kind of every resource type in use, and the number of resources of each kind in every stack there is."""
    types: dict[str, str] = {}
    stacks: list[dict[str, Any]] = []
    for (account, region, name), stack in list(module(CLOUDFORMATION)._stacks._data.items()):
        if stack.get("StackStatus") == "DELETE_COMPLETE":
            continue
        counts = {resource_types.EMULATED: 0, resource_types.RECORDED: 0}
        for resource in stack.get("_resources", {}).values():
            resource_type = resource["ResourceType"]
            types[resource_type] = resource_types.kind(resource_type)
            counts[types[resource_type]] += 1
        stacks.append({"account": account, "region": region, "stackName": name, "stackId": stack["StackId"],
                       "parentId": stack.get("ParentId") or None, **counts})
    return {"types": dict(sorted(types.items())), "stacks": stacks}
