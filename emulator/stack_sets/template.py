"""What a stack set asks of its template and parameters before it takes them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
"""

from typing import Any

from ministack.services.cloudformation import engine, handlers

from emulator.stack_sets import errors
from emulator.stack_sets.requests import Params, flag, message, text


def read(params: Params, previous: str | None = None) -> str:
    """The template that the call brings in ``TemplateBody`` or ``TemplateURL``, or the previous one where it may ask for it.

    Raises ValidationError when it brings none or two, is too large, or is no template.
    """
    sources = [key for key in ("TemplateBody", "TemplateURL") if text(params, key)]
    if previous is not None and flag(params, "UsePreviousTemplate"):
        sources.append("UsePreviousTemplate")
    if len(sources) != 1:
        either = "TemplateBody or TemplateURL" if previous is None else "TemplateBody, TemplateURL or UsePreviousTemplate"
        raise errors.invalid(f"Exactly one of {either} must be specified")
    if sources == ["UsePreviousTemplate"]:
        return str(previous)
    body, refused = handlers._resolve_template(params)
    if refused:
        raise errors.invalid(message(refused))
    parse(body)
    return body


def parse(body: str) -> dict[str, Any]:
    """The template as data.

    Raises ValidationError when it is none.
    """
    try:
        parsed = engine._parse_template(body)
    except Exception as error:
        raise errors.invalid(f"Template format error: {error}") from error
    if not isinstance(parsed, dict) or not parsed.get("Resources"):
        raise errors.invalid("Template format error: At least one Resources member must be defined.")
    return parsed


def declared_parameters(body: str) -> dict[str, dict[str, Any]]:
    """The parameters that the template declares."""
    return parse(body).get("Parameters") or {}


def default_values(body: str) -> dict[str, str]:
    """The values that the template's parameters have when nobody gives them one."""
    return {name: str(settings["Default"]) for name, settings in declared_parameters(body).items() if "Default" in settings}


def hidden_parameters(body: str) -> set[str]:
    """The parameters whose values are not to be shown."""
    declared = declared_parameters(body)
    return {name for name, settings in declared.items() if str(settings.get("NoEcho", "")).lower() == "true"}


def check_permission_model(body: str, permission_model: str) -> None:
    """Service-managed stack sets take neither macros nor nested stacks.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html

    Raises ValidationError.
    """
    if permission_model != "SERVICE_MANAGED":
        return
    template = parse(body)
    if handlers._uses_macro(template):
        raise errors.invalid("Transform is not supported in SERVICE_MANAGED permission model")
    if any(resource.get("Type") == "AWS::CloudFormation::Stack" for resource in template["Resources"].values()):
        raise errors.invalid("AWS::CloudFormation::Stack is not supported in SERVICE_MANAGED permission model")


def check_capabilities(body: str, given: list[str]) -> None:
    """The caller acknowledges IAM resources and macros.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-capabilities

    Raises InsufficientCapabilitiesException.
    """
    required, _ = handlers._required_capabilities(parse(body), strict=True)
    missing = handlers._missing_capabilities(set(given), required)
    if missing:
        raise errors.insufficient_capabilities(handlers._insufficient_capabilities_message(missing))


def check_parameters(body: str, values: dict[str, str]) -> None:
    """Each parameter without a default has a value, and each value a parameter. The values themselves are judged by
    the stacks, in their regions.

    Raises ValidationError.
    """
    declared = declared_parameters(body)
    missing = [name for name, settings in declared.items() if "Default" not in settings and name not in values]
    if missing:
        raise errors.invalid(f"Parameters: [{', '.join(missing)}] must have values")
    unknown = [name for name in values if name not in declared]
    if unknown:
        raise errors.invalid(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
