"""What canaries and experiments need before they can run: the bucket of the results, the alarms that stop them.

https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html
"""

from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, in_region, service

ALARM = "aws:cloudwatch:alarm"


def _canary(properties: dict, physical_id: str | None) -> None:
    bucket = properties["ArtifactS3Location"].removeprefix("s3://").split("/")[0]
    if bucket not in service("s3")._buckets:
        raise Refused("Synthetics", 400, "InvalidRequest", f"The S3 bucket {bucket} of the artifact location does not exist")


def _experiment(properties: dict, physical_id: str | None) -> None:
    for condition in properties["StopConditions"]:
        if condition["Source"] != ALARM:
            continue
        parts = condition["Value"].split(":")
        with in_region(parts[3]):
            cloudwatch = service("cloudwatch")
            if parts[-1] not in cloudwatch._alarms and parts[-1] not in cloudwatch._composite_alarms:
                raise Refused("Fis", 400, "ValidationException", f"The alarm {condition['Value']} of a stop condition does not exist")


ON_WRITE: dict[str, WriteCheck] = {"AWS::Synthetics::Canary": _canary, "AWS::FIS::ExperimentTemplate": _experiment}
