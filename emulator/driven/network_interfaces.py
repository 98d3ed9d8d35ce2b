"""Network interfaces that stand by themselves, and the Elastic IP addresses on them."""

from emulator.handler import Created, Handler
from emulator.service_api import first, query, service


def _keep(identifier: str, properties: dict) -> None:
    """Writes what ministack's EC2 takes no parameter for, or has no action to change."""
    ec2 = service("ec2")
    record = ec2._network_interfaces[identifier]
    record["SourceDestCheck"] = str(properties.get("SourceDestCheck", True)).lower() != "false"
    record["Description"] = properties.get("Description", "")
    if properties.get("GroupSet"):
        record["Groups"] = [{"GroupId": group, "GroupName": ec2._security_groups[group]["GroupName"]} for group in properties["GroupSet"]]
    ec2._tags[identifier] = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in properties.get("Tags") or ()]


def _create(logical_id: str, properties: dict, stack_name: str) -> Created:
    answer = query("ec2", "CreateNetworkInterface", SubnetId=properties["SubnetId"])
    identifier = first(answer, "networkInterfaceId")
    _keep(identifier, properties)
    return identifier, {"Id": identifier, "PrimaryPrivateIpAddress": first(answer, "privateIpAddress"), "VpcId": first(answer, "vpcId")}


def _update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    _keep(identifier, new)
    return identifier, {}


def _delete(identifier: str, properties: dict) -> None:
    query("ec2", "DeleteNetworkInterface", NetworkInterfaceId=identifier)


def _association_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    allocation_id = properties["AllocationId"]
    answer = query("ec2", "AssociateAddress", AllocationId=allocation_id, InstanceId=properties.get("InstanceId"))
    service("ec2")._addresses[allocation_id]["NetworkInterfaceId"] = properties.get("NetworkInterfaceId")
    identifier = first(answer, "associationId")
    return identifier, {"Id": identifier}


def _association_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    return _association_create("", new, stack_name)


def _association_delete(identifier: str, properties: dict) -> None:
    query("ec2", "DisassociateAddress", AssociationId=identifier)


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {
        "AWS::EC2::NetworkInterface": {"create": _create, "update": _update, "delete": _delete},
        "AWS::EC2::EIPAssociation": {"create": _association_create, "update": _association_update, "delete": _association_delete},
    }
