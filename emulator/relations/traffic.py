"""What must be in place before traffic flows: certificates, zones, web ACLs, and listeners in front of target groups."""

from ministack.core.responses import get_region

from emulator.relations.check import WriteCheck
from emulator.relations.existence import values
from emulator.service_api import Refused, in_region, service

EDGE = "us-east-1"


def _distribution(properties: dict, physical_id: str | None) -> None:
    for arn in values(properties, "DistributionConfig/ViewerCertificate/AcmCertificateArn"):
        with in_region(EDGE):
            if arn not in service("acm")._certificates:
                raise Refused("CloudFront", 400, "InvalidRequest", "The specified SSL certificate doesn't exist, isn't in us-east-1 "
                              "region, isn't valid, or doesn't include a valid certificate chain.")
    for arn in values(properties, "DistributionConfig/WebACLId"):
        with in_region(EDGE):
            if arn and arn not in [acl["ARN"] for acl in service("waf")._web_acls.values()]:
                raise Refused("CloudFront", 400, "InvalidWebACLId", f"Web ACL is not accessible by the requester: {arn}")


def _scope(properties: dict, physical_id: str | None) -> None:
    if properties.get("Scope") == "CLOUDFRONT" and get_region() != EDGE:
        raise Refused("Wafv2", 400, "WAFInvalidParameterException", "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT")


def _validated_zone(properties: dict, physical_id: str | None) -> None:
    for zone in values(properties, "DomainValidationOptions/*/HostedZoneId"):
        if zone not in service("route53")._zones:
            raise Refused("Route53", 404, "NotFound", f"No hosted zone found with ID: {zone}")


def _target_group_in_use(properties: dict, physical_id: str | None) -> None:
    alb = service("alb")
    routes = [listener["DefaultActions"] for listener in alb._listeners.values()] + [rule["Actions"] for rule in alb._rules.values()]
    for arn in values(properties, "LoadBalancers/*/TargetGroupArn"):
        if not any(arn in repr(actions) for actions in routes):
            raise Refused("Ecs", 400, "InvalidRequest", f"The target group with targetGroupArn {arn} does not have an associated load balancer.")


# What each kind of load balancer listens with, and to what its listeners may send.
LISTENERS = {"application": ("HTTPS", "HTTP"), "network": ("TLS", "TCP", "TCP_UDP", "UDP")}
BEHIND = {"HTTP": ("HTTP", "HTTPS"), "HTTPS": ("HTTP", "HTTPS"), "TCP": ("TCP", "TCP_UDP"), "TLS": ("TCP", "TLS"), "UDP": ("UDP", "TCP_UDP"), "TCP_UDP": ("TCP_UDP",)}


def _protocols(properties: dict, physical_id: str | None) -> None:
    alb = service("alb")
    allowed = LISTENERS.get((alb._lbs.get(properties.get("LoadBalancerArn")) or {}).get("Type", ""))
    protocol = properties.get("Protocol")
    if not allowed or not protocol:
        return
    if protocol not in allowed:
        raise Refused("ElasticLoadBalancingV2", 400, "ValidationError", f"Listener protocol '{protocol}' must be one of '{', '.join(allowed)}'")
    for arn in values(properties, "DefaultActions/*/TargetGroupArn"):
        behind = (alb._tgs.get(arn) or {}).get("Protocol", protocol)
        if behind not in BEHIND[protocol] and behind != protocol:
            raise Refused("ElasticLoadBalancingV2", 400, "IncompatibleProtocols",
                          f"The listener and its associated target group '{arn}' have incompatible protocols: '{protocol}' and '{behind}'")


ON_WRITE: dict[str, WriteCheck] = {
    "AWS::CertificateManager::Certificate": _validated_zone,
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::ECS::Service": _target_group_in_use,
    "AWS::ElasticLoadBalancingV2::Listener": _protocols,
    "AWS::WAFv2::IPSet": _scope,
    "AWS::WAFv2::RegexPatternSet": _scope,
    "AWS::WAFv2::RuleGroup": _scope,
    "AWS::WAFv2::WebACL": _scope,
}
