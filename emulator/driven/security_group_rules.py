"""Rules of security groups as resources of their own."""

from typing import Any

from ministack.core.responses import new_uuid

from emulator.handler import Created, Handler
from emulator.identifiers import digest
from emulator.service_api import Refused, first, query, service

RULE_LISTS = {"Ingress": "IpPermissions", "Egress": "IpPermissionsEgress"}
PEERS = {"Ingress": "Source", "Egress": "Destination"}


def _permission(direction: str, properties: dict) -> list[dict]:
    """The rule in the form of the EC2 API."""
    described = {"Description": properties["Description"]} if properties.get("Description") else {}
    targets = {
        "IpRanges": ("CidrIp", properties.get("CidrIp")),
        "Ipv6Ranges": ("CidrIpv6", properties.get("CidrIpv6")),
        "Groups": ("GroupId", properties.get(f"{PEERS[direction]}SecurityGroupId")),
    }
    ranges = {name: [{key: value, **described}] for name, (key, value) in targets.items() if value}
    return [{key: properties.get(key) for key in ("IpProtocol", "FromPort", "ToPort")} | ranges]


def _rules(direction: str, properties: dict) -> list[dict[str, Any]]:
    group = service("ec2")._security_groups.get(properties.get("GroupId", ""))
    if not group:
        raise Refused("Ec2", 400, "InvalidGroup.NotFound", f"The security group '{properties.get('GroupId', '')}' does not exist")
    return group.setdefault(RULE_LISTS[direction], [])


def _authorize(direction: str, properties: dict) -> str:
    """Adds the rule and returns its id. ministack's API drops prefix lists, so such a rule is written into the group."""
    prefix_list = properties.get(f"{PEERS[direction]}PrefixListId")
    rules = _rules(direction, properties)
    if not prefix_list:
        answer = query("ec2", f"AuthorizeSecurityGroup{direction}", GroupId=properties["GroupId"],
                       IpPermissions=_permission(direction, properties))
        return first(answer, "securityGroupRuleId")
    identifier = f"sgr-{digest(new_uuid(), 17)}"
    ports = {key: properties[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in properties}
    rules.append({**ports, "IpRanges": [], "Ipv6Ranges": [], "UserIdGroupPairs": [], "SecurityGroupRuleId": identifier,
                  "PrefixListIds": [{"PrefixListId": prefix_list, "Description": properties.get("Description", "")}]})
    return identifier


def _revoke(direction: str, identifier: str, properties: dict) -> None:
    rules = _rules(direction, properties)
    if properties.get(f"{PEERS[direction]}PrefixListId"):
        rules[:] = [rule for rule in rules if rule.get("SecurityGroupRuleId") != identifier]
    else:
        query("ec2", f"RevokeSecurityGroup{direction}", GroupId=properties["GroupId"], IpPermissions=_permission(direction, properties))


def _rule(direction: str) -> Handler:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        identifier = _authorize(direction, properties)
        return identifier, {"Id": identifier}

    def update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
        _revoke(direction, identifier, old)
        return create("", new, stack_name)

    def delete(identifier: str, properties: dict) -> None:
        _revoke(direction, identifier, properties)

    return {"create": create, "update": update, "delete": delete}


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {f"AWS::EC2::SecurityGroup{direction}": _rule(direction) for direction in RULE_LISTS}
