"""Which records may stand side by side, and what a health check has to name.

A health check can be deleted while records or other health checks use it: Route 53 doesn't keep anybody from that.
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html
https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

from emulator.relations.check import WriteCheck
from emulator.relations.existence import HEALTH_CHECK, require
from emulator.service_api import Refused, service

POLICIES = ("Failover", "Weight", "Region", "GeoLocation", "MultiValueAnswer", "CidrRoutingConfig", "GeoProximityLocation")
"""Properties of which each is a routing policy; a record without one is simple."""

INTERVALS = (10, 30)
BASED_ON_OTHERS = {"CALCULATED": "ChildHealthChecks", "CLOUDWATCH_METRIC": "AlarmIdentifier", "RECOVERY_CONTROL": "RoutingControlArn"}
"""Types of health checks without an endpoint, and the property that such a check judges by."""


def _absolute(name: str) -> str:
    return f"{name.rstrip('.').lower()}."


def _policy(record: dict) -> str:
    return next((policy for policy in POLICIES if record.get(policy) not in (None, "", False)), "Simple")


def _record(properties: dict, physical_id: str | None) -> None:
    route53, name, kind = service("route53"), _absolute(properties["Name"]), properties["Type"]
    zone, policy, own = route53._zones.get(properties.get("HostedZoneId") or ""), _policy(properties), properties.get("SetIdentifier") or ""
    if not zone:
        return
    if not f".{name}".endswith(f".{_absolute(zone['name'])}"):
        raise _invalid(f"RRSet with DNS name {name} is not permitted in zone {_absolute(zone['name'])}")
    if policy != "Simple" and not own:
        raise Refused("Route53", 400, "InvalidInput", f"Invalid request: Missing field 'SetIdentifier' in Change with [Action=CREATE, Name={name}, "
                      f"Type={kind}, SetIdentifier=null]")
    others = [record for record in route53._records.get(properties["HostedZoneId"]) or ()
              if _absolute(record["Name"]) == name and record["Type"] == kind and (record.get("SetIdentifier") or "") != own]
    what = f"RRSet with DNS name {name}, type {kind}" + (f", SetIdentifier {own}" if own else "")
    if any(_policy(record) != policy for record in others):
        raise _invalid(f"{what} cannot be created because a record of another routing policy exists with the same name and type.")
    if policy == "Failover" and any(record["Failover"] == properties["Failover"] for record in others):
        raise _invalid(f"{what} cannot be created because a {properties['Failover'].lower()} failover record exists with the same name and type.")


def _invalid(message: str) -> Refused:
    return Refused("Route53", 400, "InvalidChangeBatch", f"[{message}]")


def _health_check(properties: dict, physical_id: str | None) -> None:
    config = properties["HealthCheckConfig"]
    needed = BASED_ON_OTHERS.get(config["Type"])
    if needed and not config.get(needed):
        raise _bad_parameter(f"{config['Type']} health checks must have {needed} specified.")
    if not needed and "AlarmIdentifier" in config:
        raise _bad_parameter("Basic health checks must not have an metric region specified.")
    if not needed and not config.get("FullyQualifiedDomainName") and not config.get("IPAddress"):
        raise _bad_parameter("Either FullyQualifiedDomainName or IPAddress must be specified.")
    if config.get("RequestInterval", INTERVALS[0]) not in INTERVALS:
        raise _bad_parameter(f"Request interval must be 10 or 30, not {config['RequestInterval']}.")
    for child in config.get("ChildHealthChecks") or ():
        require(HEALTH_CHECK, child)


def _bad_parameter(message: str) -> Refused:
    return Refused("Route53", 400, "InvalidInput", f"Invalid parameter : {message}")


ON_WRITE: dict[str, WriteCheck] = {"AWS::Route53::RecordSet": _record, "AWS::Route53::HealthCheck": _health_check}
