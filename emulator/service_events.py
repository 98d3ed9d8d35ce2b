"""Events of AWS services, which only a service may send, and what may be invoked by them: a function lets a rule in by its policy, or the
event is lost.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

import json
from typing import Any

from ministack.core.iam_evaluator import fnmatch_iam_cs
from ministack.core.responses import set_request_account_id

from emulator.service_api import in_region, service

SENDER = "events.amazonaws.com"
REQUIRED = {"account": str, "region": str, "source": str, "detailType": str, "detail": dict}


def publish(content: dict[str, Any]) -> dict[str, Any]:
    """Sends an event as the service named by its source would. Returns its id. Raises ValueError for an event that is none."""
    wrong = [name for name, kind in REQUIRED.items() if not isinstance(content.get(name), kind)]
    if wrong:
        raise ValueError(f"Event without {', '.join(wrong)}: account, region, source and detailType are text, detail is an object.")
    set_request_account_id(content["account"])
    entry = {"Source": content["source"], "DetailType": content["detailType"], "Detail": json.dumps(content["detail"]),
             "Resources": content.get("resources", [])}
    with in_region(content["region"]):
        _, _, answer = service("eventbridge")._put_events({"Entries": [entry]}, allow_aws_source=True)
    return {"eventId": json.loads(answer)["Entries"][0]["EventId"]}


def _lets_in(statement: dict, rule_arn: str) -> bool:
    principal, condition = statement.get("Principal"), statement.get("Condition") or {}
    named = principal == "*" or (isinstance(principal, dict) and principal.get("Service") == SENDER)
    source = next(iter((condition.get("ArnLike") or {}).values()), None)
    return named and statement.get("Effect") == "Allow" and (source is None or fnmatch_iam_cs(rule_arn, source))


def _allowed(function_arn: str, rule: dict) -> bool:
    function = service("lambda_svc")._get_func_record_for_ref(function_arn)[0]
    return bool(function) and any(_lets_in(statement, rule["Arn"]) for statement in function["policy"]["Statement"])


def install() -> None:
    """Drops what a function's policy does not let in."""
    eventbridge = service("eventbridge")
    native = eventbridge._invoke_target

    def invoke(target: dict, event: dict, rule: dict, view: Any = None) -> None:
        arn = target.get("Arn", "")
        if ":lambda:" not in arn or _allowed(arn, rule):
            native(target, event, rule, view)

    eventbridge._invoke_target = invoke
