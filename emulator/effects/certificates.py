"""DNS validation writes a CNAME into the zone that the certificate names, and nothing ever removes it.

So such a zone cannot be deleted before somebody empties it.
https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
"""

from ministack.core.responses import get_account_id

from emulator.identifiers import digest
from emulator.service_api import service

TTL_SECONDS = "300"


def _record(domain: str) -> dict:
    """The validation record of a domain: the same for all certificates of an account, whatever their region."""
    base = domain.removeprefix("*.")
    seed = f"{get_account_id()}{base}"
    return {"Name": f"_{digest(seed, 32)}.{base}.", "Type": "CNAME", "Value": f"_{digest(seed[::-1], 32)}.acm-validations.aws."}


def validate(arn: str, properties: dict) -> None:
    """Gives the certificate its validation records, and writes those into the hosted zones that the template names."""
    certificate = service("acm")._certificates.get(arn)
    if not certificate or properties.get("ValidationMethod") != "DNS":
        return
    for option in certificate["DomainValidationOptions"]:
        option["ResourceRecord"] = _record(option["DomainName"])
    for option in properties.get("DomainValidationOptions") or ():
        if option.get("HostedZoneId"):
            _write(option["HostedZoneId"], _record(option["DomainName"]))


def _write(zone_id: str, record: dict) -> None:
    route53 = service("route53")
    entry = {"Name": record["Name"], "Type": "CNAME", "TTL": TTL_SECONDS, "ResourceRecords": [record["Value"]]}
    with route53._lock:
        others = [one for one in route53._records.get(zone_id) or () if route53._rs_key(one) != route53._rs_key(entry)]
        route53._records[zone_id] = [*others, entry]
