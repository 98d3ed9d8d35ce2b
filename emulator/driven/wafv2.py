"""IP sets and the association of a web ACL with a resource."""

from emulator.handler import Created, Handler, unchanged
from emulator.service_api import json_call

TARGET = "AWSWAF_20190729."


def _ip_set_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    named = {"Name": f"{stack_name}-{logical_id}"[:128]} | properties
    summary = json_call("waf", f"{TARGET}CreateIPSet", **named)["Summary"]
    return f"{summary['Name']}|{summary['Id']}|{properties['Scope']}", {"Arn": summary["ARN"], "Id": summary["Id"]}


def _locked(identifier: str) -> dict:
    name, unique_id, scope = identifier.split("|")
    key = {"Name": name, "Id": unique_id, "Scope": scope}
    return key | {"LockToken": json_call("waf", f"{TARGET}GetIPSet", **key)["LockToken"]}


def _ip_set_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    json_call("waf", f"{TARGET}UpdateIPSet", **_locked(identifier), Addresses=new["Addresses"])
    return identifier, {}


def _ip_set_delete(identifier: str, properties: dict) -> None:
    json_call("waf", f"{TARGET}DeleteIPSet", **_locked(identifier))


def _association_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    json_call("waf", f"{TARGET}AssociateWebACL", ResourceArn=properties["ResourceArn"], WebACLArn=properties["WebACLArn"])
    return f"{properties['ResourceArn']}|{properties['WebACLArn']}", {}


def _association_delete(identifier: str, properties: dict) -> None:
    json_call("waf", f"{TARGET}DisassociateWebACL", ResourceArn=properties["ResourceArn"])


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {
        "AWS::WAFv2::IPSet": {"create": _ip_set_create, "update": _ip_set_update, "delete": _ip_set_delete},
        "AWS::WAFv2::WebACLAssociation": {"create": _association_create, "update": unchanged, "delete": _association_delete},
    }
