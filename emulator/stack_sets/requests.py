"""The parameters of a call in the Query protocol, read as what they mean.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
"""

import hashlib
import html
import json
import re
from typing import Any

from ministack.services.cloudformation import helpers

from emulator.stack_sets import errors
from emulator.stack_sets.model import Place, StackSet

Params = dict[Any, Any]
ACCOUNT = re.compile(r"\d{12}")
REGION = re.compile(r"[a-zA-Z0-9-]{1,128}")


def message(response: tuple[int, dict[str, str], bytes]) -> str:
    """The message in an error response of ministack."""
    return html.unescape(response[2].decode().partition("<Message>")[2].partition("</Message>")[0])


def text(params: Params, key: str) -> str | None:
    """A string, or None when absent or empty."""
    return helpers._p(params, key) or None


def required(params: Params, key: str) -> str:
    """A string that has to be there.

    Raises ValidationError.
    """
    value = text(params, key)
    if not value:
        raise errors.invalid(f"{key} is required")
    return value


def flag(params: Params, key: str) -> bool:
    """A boolean, false when absent."""
    return (text(params, key) or "").lower() == "true"


def number(params: Params, key: str, low: int, high: int | None = None) -> int | None:
    """A whole number within its range, or None when absent.

    Raises ValidationError.
    """
    value = text(params, key)
    if value is None:
        return None
    if not value.isdigit() or int(value) < low:
        raise errors.invalid(f"1 validation error detected: Value '{value}' at '{key}' failed to satisfy constraint: "
                             f"Member must have value greater than or equal to {low}")
    if high is not None and int(value) > high:
        raise errors.invalid(f"1 validation error detected: Value '{value}' at '{key}' failed to satisfy constraint: "
                             f"Member must have value less than or equal to {high}")
    return int(value)


def choice(params: Params, key: str, allowed: tuple[str, ...]) -> str | None:
    """One of the allowed words, or None when absent.

    Raises ValidationError.
    """
    value = text(params, key)
    if value is not None and value not in allowed:
        raise errors.invalid(f"1 validation error detected: Value '{value}' at '{key}' failed to satisfy constraint: "
                             f"Member must satisfy enum value set: [{', '.join(allowed)}]")
    return value


def strings(params: Params, key: str) -> list[str]:
    """A list of strings, empty when absent."""
    return helpers._extract_string_members(params, key)


def given(params: Params, key: str) -> bool:
    """Whether a list was sent at all, be it an empty one."""
    return any(name == key or str(name).startswith(f"{key}.member") for name in params)


def tags(params: Params) -> list[dict[str, str]]:
    """The tags of the call.

    Raises ValidationError for more than 50 or a reserved key.
    """
    sent = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in helpers._extract_members(params, "Tags")]
    refused = helpers._validate_stack_tags(sent)
    if refused:
        raise errors.invalid(message(refused))
    return sent


def parameters(params: Params, key: str, previous: dict[str, str]) -> dict[str, str]:
    """Parameter values by name, where UsePreviousValue takes the one in ``previous``.

    Raises ValidationError for a previous value that does not exist.
    """
    values: dict[str, str] = {}
    for member in helpers._extract_members(params, key):
        name = member["Key"]
        if member["UsePreviousValue"] and name not in previous:
            raise errors.invalid(f"Invalid input for parameter key {name}. Cannot specify usePreviousValue as true "
                                 "for a parameter key not in the previous template")
        values[name] = previous[name] if member["UsePreviousValue"] else member["Value"]
    return values


def filters(params: Params) -> dict[str, str]:
    """The ``Filters`` of a List action by name."""
    found: dict[str, str] = {}
    index = 1
    while name := text(params, f"Filters.member.{index}.Name"):
        found[name] = text(params, f"Filters.member.{index}.Values") or ""
        index += 1
    return found


def places(params: Params, stack_set: StackSet) -> list[Place]:
    """Every account in every region that the call targets; empty when it names none.

    Raises ValidationError unless accounts and regions come together and are well-formed.
    """
    accounts = strings(params, "Accounts")
    units = strings(params, "DeploymentTargets.OrganizationalUnitIds")
    if not stack_set.self_managed and (accounts or units):
        raise errors.invalid("StackSets with service-managed permissions deploy to an organization, and the local AWS "
                             "has none. Use SELF_MANAGED.")
    if units or given(params, "DeploymentTargets.Accounts"):
        raise errors.invalid("DeploymentTargets are valid only for StackSets with service-managed permissions")
    regions = strings(params, "Regions")
    if bool(accounts) != bool(regions):
        raise errors.invalid("Accounts and Regions must be specified together")
    for account in accounts:
        if not ACCOUNT.fullmatch(account):
            raise errors.invalid(f"1 validation error detected: Value '[{account}]' at 'accounts' failed to satisfy "
                                 "constraint: Member must satisfy regular expression pattern: ^[0-9]{12}$")
    for region in regions:
        if not REGION.fullmatch(region):
            raise errors.invalid(f"1 validation error detected: Value '[{region}]' at 'regions' failed to satisfy "
                                 "constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9-]{1,128}$")
    return list(dict.fromkeys((account, region) for region in regions for account in accounts))


def fingerprint(params: Params) -> str:
    """A digest that is equal for two requests of equal content."""
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()


def page(params: Params, action: str, items: list[Any]) -> tuple[list[Any], str | None]:
    """The page of ``items`` that the call asks for, and the token of the next page.

    Raises ValidationError for a token that this action did not hand out.
    """
    size = number(params, "MaxResults", 1, 100) or 100
    name, _, offset = (text(params, "NextToken") or f"{action}:0").partition(":")
    if name != action or not offset.isdigit():
        raise errors.invalid("Invalid NextToken")
    end = int(offset) + size
    return items[int(offset):end], f"{action}:{end}" if end < len(items) else None
