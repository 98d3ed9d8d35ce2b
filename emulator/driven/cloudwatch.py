"""Alarms over several metrics, where ministack knows one metric an alarm, and alarms made of other alarms.

An alarm over several metrics is made on its first metric, so that ``describe-alarms`` lists it with its actions; its expression and its
anomaly band are not evaluated.
"""

from typing import Any

from emulator.handler import Created, Handler
from emulator.identifiers import physical_id
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import json_call

ALARM = "AWS::CloudWatch::Alarm"
COMPOSITE_ALARM = "AWS::CloudWatch::CompositeAlarm"
_TARGET = "GraniteServiceVersion20100801."


def _on_one_metric(properties: dict) -> dict:
    queries = properties.get("Metrics") or ()
    stat: dict[str, Any] = next((query["MetricStat"] for query in queries if "MetricStat" in query), {})
    if not stat:
        return properties
    metric = stat["Metric"]
    others = {key: value for key, value in properties.items() if key not in ("Metrics", "ThresholdMetricId")}
    return {"Threshold": 0, **others, "MetricName": metric["MetricName"], "Namespace": metric["Namespace"],
            "Dimensions": metric.get("Dimensions", []), "Period": stat["Period"], "Statistic": stat["Stat"]}


def _alarm(native: Handler) -> Handler:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        return native["create"](logical_id, _on_one_metric(properties), stack_name)

    def update(name: str, old: dict, new: dict, stack_name: str, logical_id: str | None = None) -> Created:
        return native["update"](name, _on_one_metric(old), _on_one_metric(new), stack_name, logical_id)

    return {**native, "create": create, "update": update, "update_with_logical_id": True}


def _put_composite(name: str, properties: dict) -> Created:
    json_call("cloudwatch", f"{_TARGET}PutCompositeAlarm", **properties | {"AlarmName": name})
    answer = json_call("cloudwatch", f"{_TARGET}DescribeAlarms", AlarmNames=[name], AlarmTypes=["CompositeAlarm"])
    return name, {"Arn": answer["CompositeAlarms"][0]["AlarmArn"]}


def _create_composite(logical_id: str, properties: dict, stack_name: str) -> Created:
    name = properties.get("AlarmName") or physical_id(COMPOSITE_ALARM, logical_id, properties, stack_name)
    return _put_composite(name, properties)


def _update_composite(name: str, old: dict, new: dict, stack_name: str) -> Created:
    return _put_composite(name, {key: value for key, value in new.items() if key != "Tags"})


def _delete_composite(name: str, properties: dict) -> None:
    json_call("cloudwatch", f"{_TARGET}DeleteAlarms", AlarmNames=[name])


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {
        ALARM: _alarm(module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[ALARM]),
        COMPOSITE_ALARM: {"create": _create_composite, "update": _update_composite, "delete": _delete_composite},
    }
