"""Address ranges that must fit, and security groups that others name. A VPC that is not empty is ministack's to refuse.

https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""

from ipaddress import IPv4Network

from emulator.relations.check import DeleteCheck, WriteCheck
from emulator.service_api import Refused, service

SMALLEST, LARGEST = 28, 16


def _network(cidr: str, code: str) -> IPv4Network:
    network = IPv4Network(cidr, strict=False)
    if not LARGEST <= network.prefixlen <= SMALLEST:
        raise Refused("Ec2", 400, code, f"The CIDR '{cidr}' is invalid.")
    return network


def _vpc(properties: dict, physical_id: str | None) -> None:
    if properties.get("CidrBlock"):
        _network(properties["CidrBlock"], "InvalidVpc.Range")


def _subnet(properties: dict, physical_id: str | None) -> None:
    cidr, vpc_id = properties.get("CidrBlock"), properties["VpcId"]
    if not cidr:
        return
    ec2, network = service("ec2"), _network(cidr, "InvalidSubnet.Range")
    vpc = ec2._vpcs[vpc_id]
    blocks = [vpc["CidrBlock"], *(entry["CidrBlock"] for entry in vpc.get("CidrBlockAssociationSet") or () if entry.get("CidrBlock"))]
    if not any(network.subnet_of(IPv4Network(block, strict=False)) for block in blocks):
        raise Refused("Ec2", 400, "InvalidSubnet.Range", f"The CIDR '{cidr}' is invalid.")
    for subnet_id, other in ec2._subnets.items():
        if subnet_id != physical_id and other["VpcId"] == vpc_id and other.get("CidrBlock") \
                and network.overlaps(IPv4Network(other["CidrBlock"], strict=False)):
            raise Refused("Ec2", 400, "InvalidSubnet.Conflict", f"The CIDR '{cidr}' conflicts with another subnet")


def _group_in_use(group_id: str, properties: dict) -> None:
    for other_id, group in service("ec2")._security_groups.items():
        rules = [*group.get("IpPermissions", ()), *group.get("IpPermissionsEgress", ())]
        if other_id != group_id and any(pair.get("GroupId") == group_id for rule in rules for pair in rule.get("UserIdGroupPairs", ())):
            raise Refused("Ec2", 400, "DependencyViolation", f"resource {group_id} has a dependent object")
    for interface in service("ec2")._network_interfaces.values():
        if any(group["GroupId"] == group_id for group in interface["Groups"]):
            raise Refused("Ec2", 400, "DependencyViolation", f"resource {group_id} has a dependent object")


GONE = {"deleted", "deleting", "INACTIVE", "DRAINING"}
INTERFACES = (("alb", "_lbs", "State"), ("ec2", "_nat_gateways", "State"), ("ec2", "_vpc_endpoints", "State"),
              ("ec2", "_network_interfaces", "Status"),
              ("ecs", "_services", "status"), ("rds", "_instances", "DBInstanceStatus"))
"""Stores of what has network interfaces in subnets, and the member that tells whether it is gone."""


def _subnet_in_use(subnet_id: str, properties: dict) -> None:
    for name, store, status in INTERFACES:
        for record in getattr(service(name), store).values():
            if str(record.get(status)) not in GONE and subnet_id in repr(record):
                raise Refused("Ec2", 400, "DependencyViolation", f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")


ON_WRITE: dict[str, WriteCheck] = {"AWS::EC2::VPC": _vpc, "AWS::EC2::Subnet": _subnet}
ON_DELETE: dict[str, DeleteCheck] = {"AWS::EC2::Subnet": _subnet_in_use, "AWS::EC2::SecurityGroup": _group_in_use}
