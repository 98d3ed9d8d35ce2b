"""Firehose streams that take records from callers and write to S3."""

from emulator.handler import Created, Handler
from emulator.service_api import json_call

TARGET = "Firehose_20150804."
DESTINATION = "ExtendedS3DestinationConfiguration"
FIXED = ("DeliveryStreamName", "DeliveryStreamType", "DeliveryStreamEncryptionConfigurationInput", DESTINATION, "Tags")


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    name = properties.get("DeliveryStreamName") or f"{stack_name}-{logical_id}"[:64]
    request = {key: properties[key] for key in FIXED if key in properties}
    arn = json_call("firehose", f"{TARGET}CreateDeliveryStream", **request | {"DeliveryStreamName": name})["DeliveryStreamARN"]
    return name, {"Arn": arn}


def _description(name: str) -> dict:
    return json_call("firehose", f"{TARGET}DescribeDeliveryStream", DeliveryStreamName=name)["DeliveryStreamDescription"]


def _update(name: str, old: dict, new: dict, stack_name: str) -> Created:
    now = _description(name)
    if new.get(DESTINATION) != old.get(DESTINATION):
        json_call("firehose", f"{TARGET}UpdateDestination", DeliveryStreamName=name, CurrentDeliveryStreamVersionId=now["VersionId"],
                  DestinationId=now["Destinations"][0]["DestinationId"], ExtendedS3DestinationUpdate=new[DESTINATION])
    encryption = new.get("DeliveryStreamEncryptionConfigurationInput")
    if encryption != old.get("DeliveryStreamEncryptionConfigurationInput"):
        action = "StartDeliveryStreamEncryption" if encryption else "StopDeliveryStreamEncryption"
        json_call("firehose", f"{TARGET}{action}", DeliveryStreamName=name,
                  **({"DeliveryStreamEncryptionConfigurationInput": encryption} if encryption else {}))
    return name, {"Arn": now["DeliveryStreamARN"]}


def _delete(name: str, properties: dict) -> None:
    json_call("firehose", f"{TARGET}DeleteDeliveryStream", DeliveryStreamName=name)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {"AWS::KinesisFirehose::DeliveryStream": {"create": _create, "update": _update, "delete": _delete}}
