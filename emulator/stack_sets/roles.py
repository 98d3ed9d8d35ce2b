"""The two roles of a self-managed stack set: who administers, and who executes in each target account.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
"""

import json
from typing import Any

from ministack.services import iam

from emulator.stack_sets.model import ADMINISTRATION_ROLE, EXECUTION_ROLE, StackSet


def refusal(stack_set: StackSet, account: str) -> str | None:
    """Why the stack set can't act in ``account``: a role is missing or does not trust; None when it can.

    CloudFormation has one sentence for all these reasons:
    https://repost.aws/knowledge-center/cfn-iam-best-practices-stackset-resources
    """
    administration = (stack_set.administration_role_arn or ADMINISTRATION_ROLE).rpartition("/")[2]
    execution = stack_set.execution_role_name or EXECUTION_ROLE
    administrator = stack_set.administration_role_arn or f"arn:aws:iam::{stack_set.account}:role/{administration}"
    service = {"cloudformation.amazonaws.com", f"cloudformation.{stack_set.region}.amazonaws.com"}
    owner = {"*", stack_set.account, f"arn:aws:iam::{stack_set.account}:root", administrator}
    if _trusts(stack_set.account, administration, "Service", service) and _trusts(account, execution, "AWS", owner):
        return None
    return f"Account {account} should have '{execution}' role with trust relationship to Role '{administration}'."


def _trusts(account: str, role_name: str, kind: str, principals: set[str]) -> bool:
    role = iam._roles.get_scoped(account, "", role_name)
    if role is None:
        return False
    policy = role.get("AssumeRolePolicyDocument") or {}
    statements = _listed((json.loads(policy) if isinstance(policy, str) else policy).get("Statement"))
    return any(statement.get("Effect") == "Allow" and principals.intersection(_principals(statement, kind))
               for statement in statements)


def _principals(statement: dict[str, Any], kind: str) -> list[str]:
    principal = statement.get("Principal") or {}
    return [principal] if isinstance(principal, str) else _listed(principal.get(kind))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
