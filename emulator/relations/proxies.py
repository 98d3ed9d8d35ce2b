"""An endpoint of RDS Proxy that reads needs the proxy, and a reader in the cluster that it leads to.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-endpoints.html
"""

from collections.abc import Iterator

from emulator import recorded, state
from emulator.relations.check import WriteCheck
from emulator.service_api import Refused, service

PROXY = "AWS::RDS::DBProxy"
TARGETS = "AWS::RDS::DBProxyTargetGroup"


def _clusters_behind(proxy: str) -> Iterator[dict]:
    own = state.key(TARGETS, "")
    for key, properties in state.recorded.items():
        if key.startswith(own) and properties.get("DBProxyName") == proxy:
            for identifier in properties.get("DBClusterIdentifiers") or ():
                yield service("rds")._clusters.get(identifier.lower()) or service("rds")._clusters.get(identifier) or {}


def _endpoint(properties: dict, physical_id: str | None) -> None:
    """Refuses what leads nowhere. The rules are AWS's; how RDS words the second refusal is not documented."""
    proxy = properties["DBProxyName"]
    if not recorded.exists(PROXY, proxy):
        raise Refused("Rds", 404, "DBProxyNotFoundFault", f"DB proxy {proxy} not found")
    if physical_id or properties.get("TargetRole") != "READ_ONLY":
        return
    members = [member for cluster in _clusters_behind(proxy) for member in cluster.get("DBClusterMembers") or ()]
    if all(member.get("IsClusterWriter") for member in members):
        raise Refused("Rds", 400, "InvalidDBProxyStateFault", f"DB proxy {proxy} leads to no cluster with a reader, which a read-only endpoint requires")


ON_WRITE: dict[str, WriteCheck] = {"AWS::RDS::DBProxyEndpoint": _endpoint}
