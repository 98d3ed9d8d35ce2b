"""What EKS asks of what belongs to a cluster, and what must be gone before a cluster goes.

https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html
"""

from typing import Any

from emulator import state
from emulator.relations.check import DeleteCheck, WriteCheck
from emulator.relations.existence import Thing, check_references, role
from emulator.service_api import Refused, service

FARGATE_PROFILE = "AWS::EKS::FargateProfile"


def _principal(iam: Any, arn: str) -> bool:
    return ":role/" not in arn or role(iam, arn)


CLUSTER = Thing("eks", lambda eks, name: name in eks._clusters, "NotFound", "No cluster found for name: {}.")
PRINCIPAL = Thing("iam", _principal, "InvalidRequest", "The specified principalArn is invalid: invalid principal.")
ASSUMED = Thing("iam", _principal, "InvalidRequest",
                "Role with arn: {}, could not be assumed because it does not exist or the trusted entity is not correct")

REFERENCES: dict[str, dict[str, Thing]] = {
    "AWS::EKS::AccessEntry": {"ClusterName": CLUSTER, "PrincipalArn": PRINCIPAL},
    "AWS::EKS::Addon": {"ClusterName": CLUSTER, "ServiceAccountRoleArn": ASSUMED, "PodIdentityAssociations/*/RoleArn": ASSUMED},
    "AWS::EKS::Cluster": {"RoleArn": ASSUMED},
    FARGATE_PROFILE: {"ClusterName": CLUSTER, "PodExecutionRoleArn": ASSUMED},
    "AWS::EKS::Nodegroup": {"ClusterName": CLUSTER, "NodeRole": ASSUMED},
    "AWS::EKS::PodIdentityAssociation": {"ClusterName": CLUSTER, "RoleArn": ASSUMED},
}
"""Property paths by type, as in ``existence``."""


def _private_subnets(properties: dict, physical_id: str | None) -> None:
    """Fargate starts pods in subnets only that have no route to an internet gateway."""
    tables = service("ec2")._route_tables.values()
    for subnet in properties.get("Subnets") or []:
        for table in tables:
            joined = any(association.get("SubnetId") == subnet for association in table.get("Associations") or [])
            if joined and any(str(route.get("GatewayId") or "").startswith("igw-") for route in table.get("Routes") or []):
                raise Refused("Eks", 400, "InvalidRequest", f"Subnet {subnet} provided in Fargate Profile is not a private subnet")


def _fargate(properties: dict, physical_id: str | None) -> None:
    check_references(REFERENCES[FARGATE_PROFILE])(properties, physical_id)
    _private_subnets(properties, physical_id)


def _profiles(cluster: str) -> list[str]:
    here = state.key(FARGATE_PROFILE, "")
    return [key for key, properties in state.recorded.items() if key.startswith(here) and properties.get("ClusterName") == cluster]


def _cluster_delete(name: str, properties: dict) -> None:
    eks = service("eks")
    if (eks._clusters.get(name) or {}).get("deletionProtection"):
        raise Refused("Eks", 400, "InvalidRequest", f"Cannot delete cluster {name}: deletion protection is enabled. Disable deletion protection and try again.")
    if any(str(key).startswith(f"{name}/") for key in eks._nodegroups):
        raise Refused("Eks", 409, "ResourceConflict", "Cluster has nodegroups attached")
    if _profiles(name):
        raise Refused("Eks", 409, "ResourceConflict", "Cluster has Fargate profiles attached")


ON_WRITE: dict[str, WriteCheck] = {resource_type: check_references(references) for resource_type, references in REFERENCES.items()} | {FARGATE_PROFILE: _fargate}

ON_DELETE: dict[str, DeleteCheck] = {"AWS::EKS::Cluster": _cluster_delete}
