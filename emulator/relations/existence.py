"""What a property names must exist in the same account and region, in the words of the service that says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, service


@dataclass(frozen=True)
class Thing:
    """A kind of resource that others refer to."""

    service: str
    found: Callable[[Any, str], bool]
    """Whether ministack's module of the service knows the reference."""
    code: str
    message: str


def _in(store: str) -> Callable[[Any, str], bool]:
    return lambda module, reference: reference in getattr(module, store)


def _cluster(ecs: Any, reference: str) -> bool:
    return ecs._resolve_cluster_name(reference) in ecs._clusters


def _task_definition(ecs: Any, reference: str) -> bool:
    return ecs._resolve_td_key(reference) in ecs._task_defs


def _subnet_group(rds: Any, name: str) -> bool:
    return name in rds._subnet_groups or name.lower() in rds._subnet_groups


VPC = Thing("ec2", _in("_vpcs"), "InvalidVpcID.NotFound", "The vpc ID '{}' does not exist")
SUBNET = Thing("ec2", _in("_subnets"), "InvalidSubnetID.NotFound", "The subnet ID '{}' does not exist")
SECURITY_GROUP = Thing("ec2", _in("_security_groups"), "InvalidGroup.NotFound", "The security group '{}' does not exist")
ROUTE_TABLE = Thing("ec2", _in("_route_tables"), "InvalidRouteTableID.NotFound", "The routeTable ID '{}' does not exist")
NAT_GATEWAY = Thing("ec2", _in("_nat_gateways"), "InvalidNatGatewayID.NotFound", "NatGateway {} was not found")
INTERNET_GATEWAY = Thing("ec2", _in("_internet_gateways"), "InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist")
LOAD_BALANCER = Thing("alb", _in("_lbs"), "LoadBalancerNotFound", "Load balancers '[{}]' not found")
TARGET_GROUP = Thing("alb", _in("_tgs"), "TargetGroupNotFound", "Target groups '{}' not found")
LISTENER = Thing("alb", _in("_listeners"), "ListenerNotFound", "Listeners '{}' not found")
CLUSTER = Thing("ecs", _cluster, "ClusterNotFoundException", "Cluster not found.")
TASK_DEFINITION = Thing("ecs", _task_definition, "ClientException", "Unable to describe task definition '{}'.")
SUBNET_GROUP = Thing("rds", _subnet_group, "DBSubnetGroupNotFoundFault", "DB subnet group '{}' does not exist.")
DB_CLUSTER = Thing("rds", _in("_clusters"), "DBClusterNotFoundFault", "DBCluster {} not found.")
CERTIFICATE = Thing("acm", _in("_certificates"), "CertificateNotFound", "Certificate '{}' not found")
HEALTH_CHECK = Thing("route53", _in("_health_checks"), "NoSuchHealthCheck", "No health check exists with the specified ID {}.")

REFERENCES: dict[str, dict[str, Thing]] = {
    "AWS::EC2::NatGateway": {"SubnetId": SUBNET},
    "AWS::EC2::NetworkAcl": {"VpcId": VPC},
    "AWS::EC2::Route": {"RouteTableId": ROUTE_TABLE, "NatGatewayId": NAT_GATEWAY},
    "AWS::EC2::RouteTable": {"VpcId": VPC},
    "AWS::EC2::SecurityGroup": {"VpcId": VPC, "SecurityGroupIngress/*/SourceSecurityGroupId": SECURITY_GROUP},
    "AWS::EC2::SecurityGroupEgress": {"GroupId": SECURITY_GROUP, "DestinationSecurityGroupId": SECURITY_GROUP},
    "AWS::EC2::SecurityGroupIngress": {"GroupId": SECURITY_GROUP, "SourceSecurityGroupId": SECURITY_GROUP},
    "AWS::EC2::Subnet": {"VpcId": VPC},
    "AWS::EC2::SubnetNetworkAclAssociation": {"SubnetId": SUBNET},
    "AWS::EC2::SubnetRouteTableAssociation": {"SubnetId": SUBNET, "RouteTableId": ROUTE_TABLE},
    "AWS::EC2::VPCEndpoint": {"VpcId": VPC, "SubnetIds/*": SUBNET, "RouteTableIds/*": ROUTE_TABLE, "SecurityGroupIds/*": SECURITY_GROUP},
    "AWS::EC2::VPCGatewayAttachment": {"VpcId": VPC, "InternetGatewayId": INTERNET_GATEWAY},
    "AWS::ECS::Service": {
        "Cluster": CLUSTER, "TaskDefinition": TASK_DEFINITION, "LoadBalancers/*/TargetGroupArn": TARGET_GROUP,
        "NetworkConfiguration/AwsvpcConfiguration/Subnets/*": SUBNET,
        "NetworkConfiguration/AwsvpcConfiguration/SecurityGroups/*": SECURITY_GROUP,
    },
    "AWS::EKS::Cluster": {"ResourcesVpcConfig/SubnetIds/*": SUBNET, "ResourcesVpcConfig/SecurityGroupIds/*": SECURITY_GROUP},
    "AWS::ElastiCache::SubnetGroup": {"SubnetIds/*": SUBNET},
    "AWS::ElasticLoadBalancingV2::Listener": {
        "LoadBalancerArn": LOAD_BALANCER, "DefaultActions/*/TargetGroupArn": TARGET_GROUP, "Certificates/*/CertificateArn": CERTIFICATE,
    },
    "AWS::ElasticLoadBalancingV2::ListenerRule": {"ListenerArn": LISTENER, "Actions/*/TargetGroupArn": TARGET_GROUP},
    "AWS::ElasticLoadBalancingV2::LoadBalancer": {"Subnets/*": SUBNET, "SecurityGroups/*": SECURITY_GROUP},
    "AWS::ElasticLoadBalancingV2::TargetGroup": {"VpcId": VPC},
    "AWS::Lambda::Function": {"VpcConfig/SubnetIds/*": SUBNET, "VpcConfig/SecurityGroupIds/*": SECURITY_GROUP},
    "AWS::RDS::DBCluster": {"DBSubnetGroupName": SUBNET_GROUP, "VpcSecurityGroupIds/*": SECURITY_GROUP},
    "AWS::RDS::DBInstance": {"DBSubnetGroupName": SUBNET_GROUP, "DBClusterIdentifier": DB_CLUSTER, "VPCSecurityGroups/*": SECURITY_GROUP},
    "AWS::RDS::DBProxy": {"VpcSubnetIds/*": SUBNET, "VpcSecurityGroupIds/*": SECURITY_GROUP},
    "AWS::RDS::DBSubnetGroup": {"SubnetIds/*": SUBNET},
    "AWS::Route53::RecordSet": {"HealthCheckId": HEALTH_CHECK},
}
"""Property paths by type; ``*`` stands for every item of a list."""


def values(node: Any, path: str) -> Iterator[Any]:
    """Every value at a path with ``*`` for list items."""
    part, _, rest = path.partition("/")
    children = node if part == "*" and isinstance(node, list) else [node[part]] if isinstance(node, dict) and part in node else []
    for child in children:
        yield from values(child, rest) if rest else [child]


def require(thing: Thing, reference: str) -> None:
    """Raises Refused when there is no such thing."""
    if not thing.found(service(thing.service), reference):
        raise Refused(thing.service, 400, thing.code, thing.message.format(reference))


def _check(references: dict[str, Thing]) -> WriteCheck:
    def check(properties: dict, physical_id: str | None) -> None:
        for path, thing in references.items():
            for reference in values(properties, path):
                if isinstance(reference, str) and reference:
                    require(thing, reference)
    return check


ON_WRITE: dict[str, WriteCheck] = {resource_type: _check(references) for resource_type, references in REFERENCES.items()}
