"""AssumeRole: a role is assumed only where it exists and trusts the caller. ministack hands out credentials of any role.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from typing import Any
from urllib.parse import parse_qs

from emulator.ministack_hooks import module

Response = tuple[int, dict[str, str], bytes]


def install() -> None:
    """Puts the check before every AssumeRole."""
    sts = module("ministack.services.sts")
    native = sts.handle_request

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]) -> Response:
        arn = _role(body)
        if arn and (refused := _refusal(sts, arn, headers, query)):
            return refused
        return await native(method, path, headers, body, query)

    sts.handle_request = handle_request


def _role(body: bytes) -> str | None:
    """The ARN of the role that a call asks for; None for any other call."""
    params = parse_qs(body.decode("utf-8", errors="replace")) if body else {}
    return params.get("RoleArn", [None])[0] if params.get("Action") == ["AssumeRole"] else None


def _refusal(sts: Any, arn: str, headers: dict[str, str], query: dict[str, Any]) -> Response | None:
    evaluator = module("ministack.core.iam_evaluator")
    caller = sts._caller_identity(headers, query)
    account, _, name = arn.removeprefix("arn:aws:iam::").partition(":role/")
    role = module("ministack.services.iam")._roles.get_scoped(account, None, name.rpartition("/")[2])
    context = evaluator.EvalContext(
        principal_arn=caller["userArn"], principal_type=caller["principalType"], principal_account=caller["accountId"],
        action="sts:AssumeRole", resource_arn=arn, region="us-east-1")
    if role and evaluator.evaluate_trust_policy(role.get("AssumeRolePolicyDocument", "{}"), caller["userArn"], context):
        return None
    message = f"User: {caller['userArn']} is not authorized to perform: sts:AssumeRole on resource: {arn}"
    return sts._error(403, "AccessDenied", message, ns="sts")
