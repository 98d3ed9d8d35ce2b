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


def _parameter_group(store: str) -> Callable[[Any, str], bool]:
    return lambda rds, name: name.startswith("default.") or name in getattr(rds, store) or name.lower() in getattr(rds, store)


def _function(functions: Any, reference: str) -> bool:
    parts = reference.split(":")
    return (parts[6] if reference.startswith("arn:") else parts[0]) in functions._functions


def role(iam: Any, arn: str) -> bool:
    return iam._roles.get(arn.split("/")[-1], {}).get("Arn") == arn


def _stream(firehose: Any, arn: str) -> bool:
    return not arn.startswith("arn:aws:firehose:") or firehose._streams.get(arn.split("/")[-1], {}).get("arn") == arn


VPC = Thing("ec2", _in("_vpcs"), "InvalidVpcID.NotFound", "The vpc ID '{}' does not exist")
SUBNET = Thing("ec2", _in("_subnets"), "InvalidSubnetID.NotFound", "The subnet ID '{}' does not exist")
SECURITY_GROUP = Thing("ec2", _in("_security_groups"), "InvalidGroup.NotFound", "The security group '{}' does not exist")
ROUTE_TABLE = Thing("ec2", _in("_route_tables"), "InvalidRouteTableID.NotFound", "The routeTable ID '{}' does not exist")
NAT_GATEWAY = Thing("ec2", _in("_nat_gateways"), "InvalidNatGatewayID.NotFound", "NatGateway {} was not found")
NETWORK_INTERFACE = Thing("ec2", _in("_network_interfaces"), "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{}' does not exist")
ADDRESS = Thing("ec2", _in("_addresses"), "InvalidAllocationID.NotFound", "The allocation ID '{}' does not exist")
LAUNCH_TEMPLATE = Thing("ec2", _in("_launch_templates"), "ValidationError",
                        "You must use a valid fully-formed launch template. The specified launch template, with template ID {}, does not exist.")
INTERNET_GATEWAY = Thing("ec2", _in("_internet_gateways"), "InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist")
LOAD_BALANCER = Thing("alb", _in("_lbs"), "LoadBalancerNotFound", "Load balancers '[{}]' not found")
TARGET_GROUP = Thing("alb", _in("_tgs"), "TargetGroupNotFound", "Target groups '{}' not found")
LISTENER = Thing("alb", _in("_listeners"), "ListenerNotFound", "Listeners '{}' not found")
CLUSTER = Thing("ecs", _cluster, "ClusterNotFoundException", "Cluster not found.")
TASK_DEFINITION = Thing("ecs", _task_definition, "ClientException", "Unable to describe task definition '{}'.")
SUBNET_GROUP = Thing("rds", _subnet_group, "DBSubnetGroupNotFoundFault", "DB subnet group '{}' does not exist.")
DB_PARAMETER_GROUP = Thing("rds", _parameter_group("_param_groups"), "DBParameterGroupNotFound", "DBParameterGroup not found: {}")
DB_CLUSTER_PARAMETER_GROUP = Thing("rds", _parameter_group("_db_cluster_param_groups"), "DBClusterParameterGroupNotFound",
                                   "DBClusterParameterGroup not found: {}")
DB_CLUSTER = Thing("rds", _in("_clusters"), "DBClusterNotFoundFault", "DBCluster {} not found.")
CACHE_SUBNET_GROUP = Thing("elasticache", _in("_subnet_groups"), "NotFound", "Cache Subnet Group {} does not exist.")
CACHE_PARAMETER_GROUP = Thing("elasticache", _parameter_group("_param_groups"), "NotFound", "CacheParameterGroup not found: {}")
CERTIFICATE = Thing("acm", _in("_certificates"), "CertificateNotFound", "Certificate '{}' not found")
HEALTH_CHECK = Thing("route53", _in("_health_checks"), "NoSuchHealthCheck", "No health check exists with the specified ID {}.")
NAMED_ROLE = Thing("iam", _in("_roles"), "NoSuchEntity", "The role with name {} cannot be found.")
ROLE = Thing("iam", role, "InvalidRequest", "The role {} does not exist or cannot be assumed")
FUNCTION = Thing("lambda_svc", _function, "NotFound", "Function not found: {}")
LOG_GROUP = Thing("cloudwatch_logs", _in("_log_groups"), "NotFound", "The specified log group does not exist.")
STREAM = Thing("firehose", _stream, "InvalidRequest",
               "Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.")

REFERENCES: dict[str, dict[str, Thing]] = {
    "AWS::ARCRegionSwitch::Plan": {"ExecutionRole": ROLE},
    "AWS::ApiGateway::DomainName": {"RegionalCertificateArn": CERTIFICATE},
    "AWS::ApiGatewayV2::VpcLink": {"SubnetIds/*": SUBNET, "SecurityGroupIds/*": SECURITY_GROUP},
    "AWS::AutoScaling::AutoScalingGroup": {"LaunchTemplate/LaunchTemplateId": LAUNCH_TEMPLATE, "VPCZoneIdentifier/*": SUBNET},
    "AWS::EC2::EIPAssociation": {"AllocationId": ADDRESS, "NetworkInterfaceId": NETWORK_INTERFACE},
    "AWS::EC2::LaunchTemplate": {"LaunchTemplateData/NetworkInterfaces/*/Groups/*": SECURITY_GROUP},
    "AWS::EC2::NatGateway": {"SubnetId": SUBNET},
    "AWS::EC2::NetworkAcl": {"VpcId": VPC},
    "AWS::EC2::NetworkInterface": {"SubnetId": SUBNET, "GroupSet/*": SECURITY_GROUP},
    "AWS::EC2::Route": {"RouteTableId": ROUTE_TABLE, "NatGatewayId": NAT_GATEWAY, "NetworkInterfaceId": NETWORK_INTERFACE},
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
    "AWS::EKS::FargateProfile": {"Subnets/*": SUBNET},
    "AWS::EKS::Nodegroup": {"Subnets/*": SUBNET, "LaunchTemplate/Id": LAUNCH_TEMPLATE},
    "AWS::ElastiCache::ReplicationGroup": {
        "CacheSubnetGroupName": CACHE_SUBNET_GROUP, "SecurityGroupIds/*": SECURITY_GROUP, "CacheParameterGroupName": CACHE_PARAMETER_GROUP,
        "LogDeliveryConfigurations/*/DestinationDetails/CloudWatchLogsDetails/LogGroup": LOG_GROUP,
    },
    "AWS::ElastiCache::SubnetGroup": {"SubnetIds/*": SUBNET},
    "AWS::ElasticLoadBalancingV2::Listener": {
        "LoadBalancerArn": LOAD_BALANCER, "DefaultActions/*/TargetGroupArn": TARGET_GROUP, "Certificates/*/CertificateArn": CERTIFICATE,
    },
    "AWS::ElasticLoadBalancingV2::ListenerRule": {"ListenerArn": LISTENER, "Actions/*/TargetGroupArn": TARGET_GROUP},
    "AWS::ElasticLoadBalancingV2::LoadBalancer": {"Subnets/*": SUBNET, "SecurityGroups/*": SECURITY_GROUP},
    "AWS::ElasticLoadBalancingV2::TargetGroup": {"VpcId": VPC},
    "AWS::FIS::ExperimentTemplate": {"RoleArn": ROLE},
    "AWS::KinesisFirehose::DeliveryStream": {"ExtendedS3DestinationConfiguration/RoleARN": ROLE},
    "AWS::IAM::InstanceProfile": {"Roles/*": NAMED_ROLE},
    "AWS::Lambda::Function": {"VpcConfig/SubnetIds/*": SUBNET, "VpcConfig/SecurityGroupIds/*": SECURITY_GROUP},
    "AWS::Lambda::Permission": {"FunctionName": FUNCTION},
    "AWS::Logs::LogStream": {"LogGroupName": LOG_GROUP},
    "AWS::Logs::SubscriptionFilter": {"LogGroupName": LOG_GROUP, "DestinationArn": STREAM, "RoleArn": ROLE},
    "AWS::RDS::DBCluster": {
        "DBSubnetGroupName": SUBNET_GROUP, "VpcSecurityGroupIds/*": SECURITY_GROUP, "DBClusterParameterGroupName": DB_CLUSTER_PARAMETER_GROUP,
        "DBInstanceParameterGroupName": DB_PARAMETER_GROUP,
    },
    "AWS::RDS::DBInstance": {
        "DBSubnetGroupName": SUBNET_GROUP, "DBClusterIdentifier": DB_CLUSTER, "VPCSecurityGroups/*": SECURITY_GROUP,
        "DBParameterGroupName": DB_PARAMETER_GROUP,
    },
    "AWS::RDS::DBProxy": {"VpcSubnetIds/*": SUBNET, "VpcSecurityGroupIds/*": SECURITY_GROUP},
    "AWS::RDS::DBProxyEndpoint": {"VpcSubnetIds/*": SUBNET, "VpcSecurityGroupIds/*": SECURITY_GROUP},
    "AWS::RDS::DBSubnetGroup": {"SubnetIds/*": SUBNET},
    "AWS::Route53::RecordSet": {"HealthCheckId": HEALTH_CHECK},
    "AWS::Synthetics::Canary": {"ExecutionRoleArn": ROLE},
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


def check_references(references: dict[str, Thing]) -> WriteCheck:
    def check(properties: dict, physical_id: str | None) -> None:
        for path, thing in references.items():
            for reference in values(properties, path):
                if isinstance(reference, str) and reference:
                    require(thing, reference)
    return check


ON_WRITE: dict[str, WriteCheck] = {resource_type: check_references(references) for resource_type, references in REFERENCES.items()}
