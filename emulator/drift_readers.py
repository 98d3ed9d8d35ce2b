"""What drift detection reads of types that ministack does not check: whether they are still there, and some properties.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
"""

from collections.abc import Callable

from emulator import recorded, references, resource_types
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import service

Reader = tuple[Callable[[str, dict], dict | None], frozenset[str]]

STORES = {
    "AWS::EC2::InternetGateway": ("ec2", "_internet_gateways"), "AWS::EC2::NetworkAcl": ("ec2", "_network_acls"),
    "AWS::EC2::RouteTable": ("ec2", "_route_tables"), "AWS::EC2::SecurityGroup": ("ec2", "_security_groups"),
    "AWS::EC2::Subnet": ("ec2", "_subnets"), "AWS::EC2::VPC": ("ec2", "_vpcs"), "AWS::EC2::VPCEndpoint": ("ec2", "_vpc_endpoints"),
    "AWS::ElasticLoadBalancingV2::Listener": ("alb", "_listeners"), "AWS::ElasticLoadBalancingV2::LoadBalancer": ("alb", "_lbs"),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("alb", "_tgs"), "AWS::RDS::DBCluster": ("rds", "_clusters"),
    "AWS::RDS::DBInstance": ("rds", "_instances"), "AWS::Route53::HostedZone": ("route53", "_zones"),
}
"""Service and store, by type; the store is keyed by physical id."""

READ = {
    "AWS::RDS::DBCluster": {"BackupRetentionPeriod", "DeletionProtection", "EngineVersion", "PreferredBackupWindow"},
    "AWS::RDS::DBInstance": {"AllocatedStorage", "BackupRetentionPeriod", "DBInstanceClass", "DeletionProtection", "MultiAZ",
                             "PubliclyAccessible", "StorageType"},
}
"""Properties that the service's record holds under the same name."""


def _stored(resource_type: str) -> Reader:
    name, store = STORES[resource_type]
    properties = frozenset(READ.get(resource_type, ()))

    def read(physical_id: str, _: dict) -> dict | None:
        record = getattr(service(name), store).get(physical_id)
        return None if record is None else {key: record[key] for key in properties if key in record}

    return read, properties


def _recorded(resource_type: str) -> Reader:
    def read(physical_id: str, _: dict) -> dict | None:
        return {} if recorded.exists(resource_type, physical_id) else None

    return read, frozenset()


def _by_reference(resource_type: str, native: Reader) -> Reader:
    def read(physical_id: str, properties: dict) -> dict | None:
        return native[0](references.native_id(resource_type, physical_id), properties)

    return read, native[1]


def install() -> None:
    """Adds the readers to ministack's, and lets its own find resources by what ``Ref`` gives."""
    readers = module(f"{CLOUDFORMATION}.drift")._DRIFT_READERS
    readers.update({name: _by_reference(name, readers[name]) for name in references.REF_IS if name in readers})
    readers.update({name: _stored(name) for name in STORES if name not in readers})
    readers.update({name: _recorded(name) for name in resource_types.recorded_types()})
