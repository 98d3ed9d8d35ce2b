"""What ARC asks of a region-switch plan beyond its schema: every map and list of a step speaks of the plan's two regions.

https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html
"""

from collections.abc import Iterator
from typing import Any

from emulator.relations.check import WriteCheck
from emulator.service_api import Refused

MAPS = ("DbInstanceArnMap", "RegionDatabaseClusterArns", "InstanceArns", "RegionAndRoutingControls", "RegionEventSourceMappings", "Documents")
"""Properties of a block whose keys are regions."""

LISTS = {"Services": "ServiceArn", "DatabaseClusterArns": None, "Asgs": "Arn", "EksClusters": "ClusterArn"}
"""Properties of a block that list one resource a region, and the member that holds its ARN (None: the item itself)."""

SCALED = "ScalingResources"
"""Property of a block that lists maps from what is scaled to its regions."""

PARALLEL = "Parallel"


def _refused(message: str) -> Refused:
    return Refused("ArcRegionSwitch", 400, "InvalidRequest", message)


def _steps(steps: list[dict], nested: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and block of each step that does something. Raises Refused for parallel steps inside parallel steps."""
    for step in steps:
        block = next(iter(step["ExecutionBlockConfiguration"].values()))
        if step["ExecutionBlockType"] != PARALLEL:
            yield step["Name"], block
        elif nested:
            raise _refused(f"Step {step['Name']} is a parallel execution block inside a parallel execution block, which is not allowed")
        else:
            yield from _steps(block["Steps"], nested=True)


def _regions_of(block: dict) -> Iterator[tuple[str, list[str]]]:
    for name in MAPS:
        if name in block:
            yield name, list(block[name])
    for name, member in LISTS.items():
        if name in block:
            arns = [item if member is None else item.get(member, "") for item in block[name]]
            yield name, [arn.split(":")[3] if arn.count(":") > 3 else "" for arn in arns]
    for scaled in block.get(SCALED, ()):
        for resource, regions in scaled.items():
            yield f"{SCALED} {resource}", list(regions)


def _plan(properties: dict, physical_id: str | None) -> None:
    regions = properties["Regions"]
    if properties.get("PrimaryRegion", regions[0]) not in regions:
        raise _refused(f"The primary region {properties['PrimaryRegion']} is not one of the regions of the plan")
    for workflow in properties["Workflows"]:
        if workflow.get("WorkflowTargetRegion", regions[0]) not in regions:
            raise _refused(f"The workflow's target region {workflow['WorkflowTargetRegion']} is not one of the regions of the plan")
        for step, block in _steps(workflow.get("Steps") or []):
            for name, named in _regions_of(block):
                if sorted(named) != sorted(regions):
                    raise _refused(f"Step {step} must name one resource for each region of the plan ({', '.join(regions)}) in {name}, "
                                   f"and names {', '.join(named)}")
    alarms = properties.get("AssociatedAlarms") or {}
    for trigger in properties.get("Triggers") or ():
        if trigger["TargetRegion"] not in regions:
            raise _refused(f"The trigger's target region {trigger['TargetRegion']} is not one of the regions of the plan")
        for condition in trigger["Conditions"]:
            if condition["AssociatedAlarmName"] not in alarms:
                raise _refused(f"The trigger names the alarm {condition['AssociatedAlarmName']}, "
                               "which is not among the associated alarms of the plan")


ON_WRITE: dict[str, WriteCheck] = {"AWS::ARCRegionSwitch::Plan": _plan}
