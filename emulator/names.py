"""Names that AWS accepts once, in the scope in which it does: several services of ministack overwrite silently."""

from emulator import schemas, state
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import service

GLOBAL = ("AWS::IAM::", "AWS::CloudFront::", "AWS::Budgets::", "AWS::CE::", "AWS::GlobalAccelerator::", "AWS::S3::Bucket")
"""Types whose names are unique in the account, whatever the region."""

SHARED = {"AWS::ApiGateway::ApiKey", "AWS::Route53::HostedZone", "AWS::Route53::TrafficPolicy"}
"""Types that may exist twice under one name."""

WITHIN = {
    "AWS::ApiGateway::RequestValidator": ("RestApiId",),
    "AWS::ApplicationAutoScaling::ScalingPolicy": ("ScalingTargetId", "ResourceId", "ScalableDimension"),
    "AWS::EC2::SecurityGroup": ("VpcId",),
    "AWS::ECS::Service": ("Cluster",),
    "AWS::EKS::Nodegroup": ("ClusterName",),
    "AWS::Events::Rule": ("EventBusName",),
    "AWS::Kinesis::StreamConsumer": ("StreamARN",),
    "AWS::Lambda::Alias": ("FunctionName",),
    "AWS::Logs::AccountPolicy": ("PolicyType",),
    "AWS::MSK::Topic": ("ClusterArn",),
    "AWS::RDS::DBProxyTargetGroup": ("DBProxyName",),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": ("Vpc",),
    "AWS::ServiceDiscovery::Service": ("NamespaceId",),
    "AWS::VpcLattice::Listener": ("ServiceIdentifier",),
    "AWS::VpcLattice::Rule": ("ListenerIdentifier",),
    "AWS::WAFv2::IPSet": ("Scope",),
    "AWS::WAFv2::RegexPatternSet": ("Scope",),
    "AWS::WAFv2::RuleGroup": ("Scope",),
    "AWS::WAFv2::WebACL": ("Scope",),
}
"""Properties that name what a name is unique in, by type."""

CHANGEABLE = {"AWS::XRay::Group": "GroupName"}
"""Properties that hold the name although they are not create-only, by type."""

NOT_THE_NAME = {
    "AWS::RDS::DBCluster": {"DBSubnetGroupName", "DatabaseName"},
    "AWS::RDS::DBInstance": {"DBSubnetGroupName", "DBName"},
    "AWS::EKS::Nodegroup": {"ClusterName"},
    "AWS::EC2::VPCEndpoint": {"ServiceName"},
}
"""Create-only properties that end in Name and name something else."""


def is_global(resource_type: str) -> bool:
    """Whether names and ids of the type are unique in the whole account."""
    return resource_type.startswith(GLOBAL)


def key(resource_type: str, properties: dict) -> tuple[str, str] | None:
    """The store key and the name that ``properties`` give the resource; None when AWS makes it up."""
    if resource_type in SHARED or not resource_type.startswith("AWS::") or resource_type.startswith("AWS::CloudFormation::"):
        return None
    identifier, read_only = schemas.paths(resource_type, "primaryIdentifier"), schemas.paths(resource_type, "readOnlyProperties")
    if identifier and all(path in read_only for path in identifier):
        given = _by_property(resource_type, properties)
    else:
        given = [schemas.at(properties, path) for path in identifier]
    if not given or any(value is None for value in given):
        return None
    name = "|".join(map(str, [*given, *(properties[path] for path in WITHIN.get(resource_type, ()) if path in properties)]))
    return state.key(resource_type, name, everywhere=is_global(resource_type)), name


def _by_property(resource_type: str, properties: dict) -> list:
    if resource_type in CHANGEABLE:
        return [properties.get(CHANGEABLE[resource_type])]
    if resource_type.startswith("AWS::CloudFront::"):
        return [config["Name"] for key, config in properties.items() if key.endswith("Config") and isinstance(config, dict) and config.get("Name")]
    create_only = [path for path in schemas.paths(resource_type, "createOnlyProperties") if "/" not in path]
    own = [path for path in create_only if path in properties and (path == "Name" or path.endswith("Name"))
           and path not in NOT_THE_NAME.get(resource_type, ())
           and _noun(resource_type).lower().endswith(path.removesuffix("Name").lower())]
    return [properties[path] for path in own[:1]]


def _noun(resource_type: str) -> str:
    return resource_type.split("::")[-1]


def check_free(resource_type: str, logical_id: str, properties: dict) -> None:
    """Raises ValueError when another resource has the name."""
    found = key(resource_type, properties)
    if found and found[0] in state.names and not _deleted(resource_type, state.names[found[0]]):
        raise ValueError(f"Resource handler returned message: \"Resource of type '{resource_type}' with identifier "
                         f"'{found[1]}' already exists.\" (RequestToken: {logical_id}, HandlerErrorCode: AlreadyExists)")


def _deleted(resource_type: str, physical_id: str) -> bool:
    """Whether S3 itself was told to delete the bucket, which its stack does not hear of."""
    return resource_type == "AWS::S3::Bucket" and physical_id not in service("s3")._buckets


def check_update(resource_type: str, logical_id: str, old: dict, new: dict) -> None:
    """Raises ValueError when the new name is taken, or when the resource keeps its name and must be replaced."""
    before, after = key(resource_type, old), key(resource_type, new)
    if before != after:
        check_free(resource_type, logical_id, new)
    elif after and module(f"{CLOUDFORMATION}.provisioners")._replacing_change(resource_type, old, new):
        raise ValueError("CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                         f"Rename {after[1]} and update the stack again.")


def take(resource_type: str, properties: dict, physical_id: str) -> None:
    """Remembers that the resource has its name."""
    found = key(resource_type, properties)
    if found:
        state.names[found[0]] = physical_id


def release(resource_type: str, properties: dict, physical_id: str) -> None:
    """Frees the name, unless a successor has taken it already."""
    found = key(resource_type, properties)
    if found and state.names.get(found[0]) == physical_id:
        del state.names[found[0]]
