"""``ListTypes``: the resource types that CloudFormation has in a region, which is where cfn-lint's schemas say so.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListTypes.html
"""

from typing import Any

from ministack.core.responses import get_region

from emulator import schemas
from emulator.ministack_hooks import CLOUDFORMATION, module

ACTION, LARGEST_PAGE = "ListTypes", 100


def _list_types(params: dict) -> Any:
    helpers = module(f"{CLOUDFORMATION}.helpers")
    visibility, kind = helpers._p(params, "Visibility"), helpers._p(params, "Type") or "RESOURCE"
    listed = sorted(schemas.provider(get_region())) if visibility == "PUBLIC" and kind == "RESOURCE" else []
    start = int(helpers._p(params, "NextToken") or 0)
    end = start + min(int(helpers._p(params, "MaxResults") or LARGEST_PAGE), LARGEST_PAGE)
    members = "".join(f"<member><Type>RESOURCE</Type><TypeName>{name}</TypeName><PublisherName>AWS</PublisherName></member>" for name in listed[start:end])
    token = f"<NextToken>{end}</NextToken>" if end < len(listed) else ""
    return helpers._xml(200, "ListTypesResponse", f"<ListTypesResult><TypeSummaries>{members}</TypeSummaries>{token}</ListTypesResult>")


def install() -> None:
    """Adds the action to CloudFormation's."""
    module(f"{CLOUDFORMATION}.handlers")._ACTION_HANDLERS[ACTION] = _list_types
