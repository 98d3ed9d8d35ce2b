"""Physical ids and ARNs of recorded resources, shaped like AWS's own so that they fit the patterns of their users."""

import hashlib

from ministack.core.responses import get_account_id, get_region, new_uuid

from emulator import schemas

HEX17 = {
    "AWS::EC2::CustomerGateway": "cgw-", "AWS::EC2::DHCPOptions": "dopt-", "AWS::EC2::EgressOnlyInternetGateway": "eigw-",
    "AWS::EC2::FlowLog": "fl-", "AWS::EC2::Instance": "i-", "AWS::EC2::NetworkInterface": "eni-",
    "AWS::EC2::PrefixList": "pl-", "AWS::EC2::SecurityGroupEgress": "sgr-", "AWS::EC2::SecurityGroupIngress": "sgr-",
    "AWS::EC2::TransitGateway": "tgw-", "AWS::EC2::TransitGatewayAttachment": "tgw-attach-",
    "AWS::EC2::TransitGatewayRouteTable": "tgw-rtb-", "AWS::EC2::Volume": "vol-", "AWS::EC2::VPCCidrBlock": "vpc-cidr-assoc-",
    "AWS::EC2::VPCEndpointService": "vpce-svc-", "AWS::EC2::VPCPeeringConnection": "pcx-",
    "AWS::EC2::VPNConnection": "vpn-", "AWS::EC2::VPNGateway": "vgw-", "AWS::EFS::AccessPoint": "fsap-",
    "AWS::EFS::FileSystem": "fs-", "AWS::EFS::MountTarget": "fsmt-", "AWS::ServiceDiscovery::HttpNamespace": "ns-",
    "AWS::ServiceDiscovery::PublicDnsNamespace": "ns-",
}
SHORT = {"AWS::ApiGateway::VpcLink": 6, "AWS::ApiGatewayV2::VpcLink": 6, "AWS::ApiGatewayV2::Authorizer": 6}
GIVEN_BY = {"AWS::SecretsManager::RotationSchedule": "SecretId"}
"""Property whose value is the physical id, where the schema's identifier is read-only."""
EXPERIMENTS = {"AWS::FIS::Experiment": "EXP", "AWS::FIS::ExperimentTemplate": "EXT"}
CLOUDFRONT_IDS = {"AWS::CloudFront::CloudFrontOriginAccessIdentity", "AWS::CloudFront::PublicKey"}

GLOBAL_SERVICES = {"iam", "budgets", "ce", "globalaccelerator", "cloudfront", "route53", "arc-region-switch"}
SERVICE_IN_ARN = {
    "certificatemanager": "acm", "elasticloadbalancingv2": "elasticloadbalancing", "arcregionswitch": "arc-region-switch",
    "applicationsignals": "application-signals", "applicationautoscaling": "autoscaling", "apigatewayv2": "apigateway",
    "opensearchservice": "es", "stepfunctions": "states",
}
ARN_SHAPES = {
    "AWS::ApplicationSignals::ServiceLevelObjective": "slo/{name}",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "scalingPolicy:{uuid}:policyName/{name}",
    "AWS::ARCRegionSwitch::Plan": "plan/{name}:{hex6}",
    "AWS::CE::AnomalyMonitor": "anomalymonitor/{uuid}",
    "AWS::CE::AnomalySubscription": "anomalysubscription/{uuid}",
    "AWS::CloudFront::Function": "function/{name}",
    "AWS::CloudWatch::CompositeAlarm": "alarm:{name}",
    "AWS::Config::ConfigRule": "config-rule/config-rule-{hex6}",
    "AWS::GlobalAccelerator::Accelerator": "accelerator/{uuid}",
    "AWS::IAM::OIDCProvider": "oidc-provider/{name}",
    "AWS::RDS::DBProxy": "db-proxy:prx-{hex17}",
    "AWS::RDS::DBProxyEndpoint": "db-proxy-endpoint:prx-endpoint-{hex17}",
    "AWS::RDS::DBProxyTargetGroup": "target-group:prx-tg-{hex17}",
    "AWS::XRay::Group": "group/{name}/{uuid}",
}


def digest(text: str, length: int) -> str:
    """``length`` hexadecimal digits that depend on ``text`` alone."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def arn(resource_type: str, name: str, seed: str = "") -> str:
    """An ARN of this type in the calling account and region; ``name`` is its last part unless the type has its own shape.

    ``seed`` decides the made-up parts of such a shape; by default the name does.
    """
    _, service, noun = resource_type.lower().split("::", 2)
    service = SERVICE_IN_ARN.get(service, service)
    region = "" if service in GLOBAL_SERVICES else get_region()
    seed = seed or f"{resource_type}{name}{get_account_id()}{region}"
    shape = ARN_SHAPES.get(resource_type, noun.replace("::", "-") + "/{name}")
    resource = shape.format(name=name.removeprefix("https://"), hex6=digest(seed, 6), hex17=digest(seed, 17), uuid=_uuid(seed))
    return f"arn:aws:{service}:{region}:{get_account_id()}:{resource}"


def _uuid(seed: str) -> str:
    text = digest(seed, 32)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def physical_id(resource_type: str, logical_id: str, properties: dict, stack_name: str) -> str:
    """What ``Ref`` gives: the primary identifier, made up where the template does not set it."""
    if resource_type in GIVEN_BY:
        return properties[GIVEN_BY[resource_type]]
    generated = f"{stack_name}-{logical_id}-{digest(f'{stack_name}{logical_id}{new_uuid()}', 12).upper()}"
    read_only = schemas.paths(resource_type, "readOnlyProperties")
    parts = []
    for path in schemas.paths(resource_type, "primaryIdentifier"):
        given = schemas.at(properties, path)
        if given is not None:
            parts.append(str(given))
        elif path.split("/")[-1].lower().endswith("arn"):
            parts.append(arn(resource_type, str(_own_name(properties) or generated), generated))
        else:
            parts.append(_service_id(resource_type) if path in read_only else generated[-60:])
    return "|".join(parts) or generated


def _own_name(properties: dict) -> object:
    names = [value for key, value in properties.items() if key.endswith("Name") or key in ("Url", "Name")]
    return names[0] if names and isinstance(names[0], str) else None


def _service_id(resource_type: str) -> str:
    seed = new_uuid()
    if resource_type in HEX17:
        return HEX17[resource_type] + digest(seed, 17)
    if resource_type in SHORT:
        return digest(seed, SHORT[resource_type])
    if resource_type in EXPERIMENTS:
        return EXPERIMENTS[resource_type] + digest(seed, 15)
    if resource_type in CLOUDFRONT_IDS:
        return "E" + digest(seed, 13).upper()
    return seed
