"""Who writes in an Aurora cluster, and what a cluster exports to CloudWatch Logs: ministack answers neither as RDS does.

The primary cluster of a global database has one writer and the secondary ones have none. A switchover, a failover or the removal from the
global database moves that.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
"""

from typing import Any

from emulator.service_api import service


def is_secondary(cluster: dict) -> bool:
    """Whether another cluster of its global database is the one that writes."""
    found = service("rds")._resolve_global_cluster(cluster.get("GlobalClusterIdentifier") or "") or {}
    return any(member["DBClusterArn"] == cluster["DBClusterArn"] and not member["IsWriter"] for member in found.get("GlobalClusterMembers", ()))


def settle(cluster: dict) -> None:
    """Gives the instances of a cluster their roles: the writer stays, or else the first of the lowest promotion tier writes."""
    members = cluster.get("DBClusterMembers") or []
    writers = [member for member in members if member["IsClusterWriter"]]
    writer = writers[0] if writers else min(members, key=lambda member: member.get("PromotionTier", 1), default=None)
    secondary = is_secondary(cluster)
    for member in members:
        member["IsClusterWriter"] = member is writer and not secondary


def _settle_all(global_cluster: dict) -> None:
    for member in global_cluster.get("GlobalClusterMembers", ()):
        cluster = service("rds")._resolve_cluster(member["DBClusterArn"])
        if cluster:
            settle(cluster)


def install() -> None:
    """Follows every change of the writer, and completes the description of clusters."""
    rds = service("rds")
    native_set, native_remove, native_xml = rds._set_global_cluster_writer, rds._ACTION_MAP["RemoveFromGlobalCluster"], rds._cluster_xml

    def set_writer(global_cluster: dict, target: dict) -> None:
        native_set(global_cluster, target)
        _settle_all(global_cluster)

    def remove(params: dict) -> Any:
        removed = rds._resolve_cluster(rds._p(params, "DbClusterIdentifier"))
        answer = native_remove(params)
        if removed:
            settle(removed)
        return answer

    def describe(cluster: dict) -> str:
        logs = "".join(f"<member>{name}</member>" for name in cluster.get("EnabledCloudwatchLogsExports") or ())
        return f"{native_xml(cluster)}<EnabledCloudwatchLogsExports>{logs}</EnabledCloudwatchLogsExports>"

    rds._set_global_cluster_writer, rds._ACTION_MAP["RemoveFromGlobalCluster"], rds._cluster_xml = set_writer, remove, describe
