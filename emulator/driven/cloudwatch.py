"""Alarms over several metrics: ministack knows one metric an alarm.

Such an alarm is made on its first metric, so that ``describe-alarms`` lists it with its actions; its expression and its
anomaly band are not evaluated.
"""

from typing import Any

from emulator.handler import Created, Handler
from emulator.ministack_hooks import CLOUDFORMATION, module

ALARM = "AWS::CloudWatch::Alarm"


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


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {ALARM: _alarm(module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[ALARM])}
