"""What Application Auto Scaling looks for: the service or cluster that it scales, and the load balancer whose requests it counts.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
"""

import zoneinfo

from emulator import cluster_roles
from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, service

REQUESTS = "ALBRequestCountPerTarget"


def _refused(message: str) -> Refused:
    return Refused("ApplicationAutoScaling", 400, "InvalidRequest", message)


def _target(properties: dict, physical_id: str | None) -> None:
    if properties["ServiceNamespace"] == "ecs":
        _, cluster, name = properties["ResourceId"].split("/")
        ecs = service("ecs")
        if f"{ecs._resolve_cluster_name(cluster)}/{name}" not in ecs._services:
            raise _refused(f"ECS service doesn't exist: {properties['ResourceId']}")
    if properties["ServiceNamespace"] == "rds":
        _readers(properties["ResourceId"])
    if properties["MinCapacity"] > properties["MaxCapacity"]:
        raise _refused("Minimum capacity cannot be greater than maximum capacity")
    for action in properties.get("ScheduledActions") or ():
        if action.get("Timezone") and action["Timezone"] not in zoneinfo.available_timezones():
            raise _refused(f"The timezone {action['Timezone']} is not valid")


def _readers(resource: str) -> None:
    """The readers of an Aurora cluster that writes: those of a global database's secondary cluster are not scaled."""
    cluster = service("rds")._clusters.get(resource.partition(":")[2])
    if not cluster:
        raise _refused(f"DB cluster doesn't exist: {resource}")
    if cluster_roles.is_secondary(cluster):
        raise _refused(f"Aurora Auto Scaling isn't supported for secondary DB clusters of a global database: {resource}")


def _policy(properties: dict, physical_id: str | None) -> None:
    metric = (properties.get("TargetTrackingScalingPolicyConfiguration") or {}).get("PredefinedMetricSpecification") or {}
    if metric.get("PredefinedMetricType") != REQUESTS:
        return
    label, alb = metric.get("ResourceLabel") or "", service("alb")
    balancer, _, group = label.partition("/targetgroup/")
    known = any(arn.endswith(f":loadbalancer/{balancer}") for arn in alb._lbs) and any(arn.endswith(f":targetgroup/{group}") for arn in alb._tgs)
    if not balancer or not group or not known:
        raise _refused(f"The resource label {label} does not name a target group and its load balancer")


ON_WRITE: dict[str, WriteCheck] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": _target, "AWS::ApplicationAutoScaling::ScalingPolicy": _policy,
}
