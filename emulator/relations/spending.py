"""What Cost Explorer, Budgets and Data Exports ask for: one monitor of a dimension, a topic for what is told at once, a bucket for reports.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_CreateAnomalySubscription.html
https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html
"""

from emulator import state
from emulator.relations.check import WriteCheck
from emulator.relations.existence import values
from emulator.service_api import Refused, service

MONITOR = "AWS::CE::AnomalyMonitor"
EXPORTERS = "bcm-data-exports.amazonaws.com"


def _monitor(properties: dict, physical_id: str | None) -> None:
    """A second monitor of a dimension fails as CloudFormation words it, which hides that it is a quota.

    https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2515
    """
    if physical_id is not None or properties["MonitorType"] != "DIMENSIONAL":
        return
    own = state.key(MONITOR, "", everywhere=True)
    dimensions = [other.get("MonitorDimension") for key, other in state.recorded.items() if key.startswith(own) and other["MonitorType"] == "DIMENSIONAL"]
    if properties.get("MonitorDimension") in dimensions:
        raise ValueError('Resource handler returned message: "null" (HandlerErrorCode: AlreadyExists)')


def _subscription(properties: dict, physical_id: str | None) -> None:
    kinds = {subscriber["Type"] for subscriber in properties["Subscribers"]}
    if (properties["Frequency"] == "IMMEDIATE") != (kinds == {"SNS"}):
        raise Refused("CostExplorer", 400, "ValidationException", "Individual alerts are told by Amazon SNS only, and daily and weekly summaries by email only")
    for arn in properties["MonitorArnList"]:
        if state.key(MONITOR, arn, everywhere=True) not in state.recorded:
            raise Refused("CostExplorer", 400, "UnknownMonitorException", f"Could not find monitor with ARN {arn}")


def _budget(properties: dict, physical_id: str | None) -> None:
    for topic in values(properties, "NotificationsWithSubscribers/*/Subscribers/*"):
        if topic["SubscriptionType"] == "SNS" and topic["Address"] not in service("sns")._topics:
            raise Refused("Budgets", 400, "InvalidParameterException", f"The SNS topic {topic['Address']} does not exist, or Budgets may not publish to it")


def _export(properties: dict, physical_id: str | None) -> None:
    destination = properties["Export"]["DestinationConfigurations"]["S3Destination"]
    s3 = service("s3")
    bucket = destination["S3Bucket"]
    if bucket not in s3._buckets:
        raise Refused("BCMDataExports", 400, "ValidationException", f"The bucket {bucket} does not exist")
    if EXPORTERS not in str(s3._bucket_policies.get(bucket, "")):
        raise Refused("BCMDataExports", 400, "ValidationException", f"The policy of the bucket {bucket} does not let {EXPORTERS} write to it")


ON_WRITE: dict[str, WriteCheck] = {
    MONITOR: _monitor,
    "AWS::CE::AnomalySubscription": _subscription,
    "AWS::Budgets::Budget": _budget,
    "AWS::BCMDataExports::Export": _export,
}
