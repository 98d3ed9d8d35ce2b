"""EC2 types that ministack serves but does not provision: addresses, NAT gateways, network ACLs, flow logs."""

from ministack.core.responses import new_uuid

from emulator.handler import Created, Handler, unchanged
from emulator.service_api import Refused, first, query, service


def _tags(kind: str, properties: dict) -> list[dict] | None:
    tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in properties.get("Tags") or ()]
    return [{"ResourceType": kind, "Tag": tags}] if tags else None


def _eip_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    answer = query("ec2", "AllocateAddress", Domain=properties.get("Domain", "vpc"), TagSpecification=_tags("elastic-ip", properties))
    return first(answer, "publicIp"), {"AllocationId": first(answer, "allocationId"), "PublicIp": first(answer, "publicIp")}


def _eip_delete(public_ip: str, properties: dict) -> None:
    for allocation_id, address in list(service("ec2")._addresses.items()):
        if address["PublicIp"] == public_ip:
            query("ec2", "ReleaseAddress", AllocationId=allocation_id)


def _nat_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    ec2, allocation_id = service("ec2"), properties.get("AllocationId")
    if allocation_id and allocation_id not in ec2._addresses:
        raise Refused("Ec2", 400, "NotFound", f"Elastic IP address {allocation_id} could not be found.")
    answer = query("ec2", "CreateNatGateway", SubnetId=properties["SubnetId"], AllocationId=allocation_id,
                   ConnectivityType=properties.get("ConnectivityType"), TagSpecification=_tags("natgateway", properties))
    identifier = first(answer, "natGatewayId")
    return identifier, {"NatGatewayId": identifier}


def _nat_delete(identifier: str, properties: dict) -> None:
    query("ec2", "DeleteNatGateway", NatGatewayId=identifier)


def _acl_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    answer = query("ec2", "CreateNetworkAcl", VpcId=properties["VpcId"], TagSpecification=_tags("network-acl", properties))
    return first(answer, "networkAclId"), {"Id": first(answer, "networkAclId")}


def _acl_delete(identifier: str, properties: dict) -> None:
    query("ec2", "DeleteNetworkAcl", NetworkAclId=identifier)


def _entry(action: str, properties: dict) -> None:
    keys = ("NetworkAclId", "RuleNumber", "Protocol", "RuleAction", "CidrBlock", "Ipv6CidrBlock")
    query("ec2", action, **{key: properties.get(key) for key in keys}, Egress=properties.get("Egress", False))


def _entry_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    _entry("CreateNetworkAclEntry", properties)
    identifier = f"{stack_name}-{logical_id}-{new_uuid()[:12]}"
    return identifier, {"Id": identifier}


def _entry_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    _entry("ReplaceNetworkAclEntry", new)
    return identifier, {"Id": identifier}


def _entry_delete(identifier: str, properties: dict) -> None:
    query("ec2", "DeleteNetworkAclEntry", NetworkAclId=properties["NetworkAclId"], RuleNumber=properties["RuleNumber"],
          Egress=properties.get("Egress", False))


def _association_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    acl_id, subnet_id = properties["NetworkAclId"], properties["SubnetId"]
    associations = [association for acl in service("ec2")._network_acls.values() for association in acl["Associations"]]
    former = next((one["NetworkAclAssociationId"] for one in associations if one["SubnetId"] == subnet_id), "aclassoc-default")
    identifier = first(query("ec2", "ReplaceNetworkAclAssociation", AssociationId=former, NetworkAclId=acl_id), "newAssociationId")
    for association in service("ec2")._network_acls[acl_id]["Associations"]:
        if association["NetworkAclAssociationId"] == identifier:
            association["SubnetId"] = subnet_id  # ministack's answer leaves it empty
    return identifier, {"AssociationId": identifier}


def _association_delete(identifier: str, properties: dict) -> None:
    acl = service("ec2")._network_acls.get(properties["NetworkAclId"])
    if acl:
        acl["Associations"] = [one for one in acl["Associations"] if one["NetworkAclAssociationId"] != identifier]


def _flow_log_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    keys = ("ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName")
    answer = query("ec2", "CreateFlowLogs", ResourceId=[properties["ResourceId"]], **{key: properties.get(key) for key in keys},
                   TagSpecification=_tags("vpc-flow-log", properties))
    return first(answer, "item"), {"Id": first(answer, "item")}


def _flow_log_delete(identifier: str, properties: dict) -> None:
    query("ec2", "DeleteFlowLogs", FlowLogId=[identifier])


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {
        "AWS::EC2::EIP": {"create": _eip_create, "update": unchanged, "delete": _eip_delete},
        "AWS::EC2::NatGateway": {"create": _nat_create, "update": unchanged, "delete": _nat_delete},
        "AWS::EC2::NetworkAcl": {"create": _acl_create, "update": unchanged, "delete": _acl_delete},
        "AWS::EC2::NetworkAclEntry": {"create": _entry_create, "update": _entry_update, "delete": _entry_delete},
        "AWS::EC2::SubnetNetworkAclAssociation": {"create": _association_create, "update": unchanged, "delete": _association_delete},
        "AWS::EC2::FlowLog": {"create": _flow_log_create, "update": unchanged, "delete": _flow_log_delete},
    }
