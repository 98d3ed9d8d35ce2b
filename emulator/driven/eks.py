"""Kubernetes clusters and what belongs to them, by EKS's own API, so that ``describe-cluster`` and its like see them.

No Kubernetes runs behind a cluster: ministack would start one in a container. Endpoint, issuer and security group have the form that EKS
gives them, and the security group is one of EC2's.
https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html
"""

import base64
import json
from typing import Any
from urllib.parse import quote

from ministack.core.responses import get_region

from emulator.handler import Created, Handler
from emulator.identifiers import digest
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import call, first, query, service

CLUSTER = "AWS::EKS::Cluster"


def _rest(method: str, path: str, **body: Any) -> dict:
    """One request to EKS. Members without a value are left out. Raises Refused."""
    given = {key: value for key, value in body.items() if value is not None}
    return json.loads(call("eks", method, path, {"content-type": "application/json"}, json.dumps(given) if given else "") or "{}")


def _tags(properties: dict) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []}


def _camel(value: Any) -> Any:
    """``value`` with the member names of the API instead of those of CloudFormation."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _camel(member) for key, member in value.items()}
    return [_camel(member) for member in value] if isinstance(value, list) else value


def _settings(properties: dict) -> dict[str, Any]:
    """What ministack's handler leaves out of a cluster's description."""
    return {
        "deletionProtection": bool(properties.get("DeletionProtection", False)),
        "encryptionConfig": _camel(properties.get("EncryptionConfig") or []),
        "upgradePolicy": _camel(properties.get("UpgradePolicy") or {"SupportType": "EXTENDED"}),
        "zonalShiftConfig": _camel(properties.get("ZonalShiftConfig") or {"Enabled": False}),
    }


def _attributes(cluster: dict) -> dict[str, Any]:
    return module(f"{CLOUDFORMATION}.provisioners")._eks_cluster_attrs(cluster) | {
        "EncryptionConfigKeyArn": next((config["provider"]["keyArn"] for config in cluster["encryptionConfig"]), ""),
    }


def _security_group(name: str, vpc_id: str) -> str:
    answer = query("ec2", "CreateSecurityGroup", GroupName=f"eks-cluster-sg-{name}-{digest(name, 9)}", VpcId=vpc_id,
                   GroupDescription="EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.")
    return first(answer, "groupId")


def _cluster_create(native: Handler) -> Any:
    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        name, _ = native["create"](logical_id, properties, stack_name)
        cluster = service("eks")._clusters[name]
        identity = digest(cluster["arn"], 32).upper()
        vpc_id = service("ec2")._subnets[properties["ResourcesVpcConfig"]["SubnetIds"][0]]["VpcId"]
        cluster["resourcesVpcConfig"] |= {"vpcId": vpc_id, "clusterSecurityGroupId": _security_group(name, vpc_id)}
        cluster |= {
            "status": "ACTIVE",
            "endpoint": f"https://{identity}.gr7.{get_region()}.eks.amazonaws.com",
            "certificateAuthority": {"data": base64.b64encode(f"certificate of {cluster['arn']}".encode()).decode()},
            "identity": {"oidc": {"issuer": f"https://oidc.eks.{get_region()}.amazonaws.com/id/{identity}"}},
        }
        cluster.update(_settings(properties))
        return name, _attributes(cluster)

    return create


def _cluster_update(native: Handler) -> Any:
    def update(identifier: str, old: dict, new: dict, stack_name: str, logical_id: str | None = None) -> Created:
        name, _ = native["update"](identifier, old, new, stack_name, logical_id)
        cluster = service("eks")._clusters[name]
        cluster.update(_settings(new))
        return name, _attributes(cluster)

    return update


def _cluster_delete(name: str, properties: dict) -> None:
    cluster = service("eks")._clusters.get(name)
    if cluster:
        _rest("DELETE", f"/clusters/{name}")
        query("ec2", "DeleteSecurityGroup", GroupId=cluster["resourcesVpcConfig"]["clusterSecurityGroupId"])


def _addon_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    name = properties["ClusterName"]
    addon = _rest("POST", f"/clusters/{name}/addons", addonName=properties["AddonName"], addonVersion=properties.get("AddonVersion"),
                  serviceAccountRoleArn=properties.get("ServiceAccountRoleArn"), configurationValues=properties.get("ConfigurationValues"),
                  podIdentityAssociations=_camel(properties.get("PodIdentityAssociations")), tags=_tags(properties))["addon"]
    return f"{name}|{properties['AddonName']}", {"Arn": addon["addonArn"]}


def _addon_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    name, addon = identifier.split("|")
    _rest("POST", f"/clusters/{name}/addons/{addon}/update", addonVersion=new.get("AddonVersion"),
          serviceAccountRoleArn=new.get("ServiceAccountRoleArn"), configurationValues=new.get("ConfigurationValues"))
    service("eks")._addons[f"{name}/{addon}"]["podIdentityAssociations"] = _camel(new.get("PodIdentityAssociations") or [])
    return identifier, {}


def _addon_delete(identifier: str, properties: dict) -> None:
    name, addon = identifier.split("|")
    _rest("DELETE", f"/clusters/{name}/addons/{addon}")


def _associate(name: str, principal: str, properties: dict) -> None:
    for policy in properties.get("AccessPolicies") or []:
        _rest("POST", f"/clusters/{name}/access-entries/{quote(principal, safe=':/')}/access-policies", **_camel(policy))


def _entry_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    name, principal = properties["ClusterName"], properties["PrincipalArn"]
    entry = _rest("POST", f"/clusters/{name}/access-entries", principalArn=principal, kubernetesGroups=properties.get("KubernetesGroups"),
                  username=properties.get("Username"), type=properties.get("Type"), tags=_tags(properties))["accessEntry"]
    _associate(name, principal, properties)
    return f"{principal}|{name}", {"AccessEntryArn": entry["accessEntryArn"]}


def _entry_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    principal, name = identifier.split("|")
    _rest("POST", f"/clusters/{name}/access-entries/{quote(principal, safe=':/')}", kubernetesGroups=new.get("KubernetesGroups") or [])
    left = {policy["PolicyArn"] for policy in old.get("AccessPolicies") or []} - {policy["PolicyArn"] for policy in new.get("AccessPolicies") or []}
    for policy in left:
        _rest("DELETE", f"/clusters/{name}/access-entries/{quote(principal, safe=':/')}/access-policies/{quote(policy, safe=':/')}")
    _associate(name, principal, new)
    return identifier, {}


def _entry_delete(identifier: str, properties: dict) -> None:
    principal, name = identifier.split("|")
    _rest("DELETE", f"/clusters/{name}/access-entries/{quote(principal, safe=':/')}")


def _identity_create(logical_id: str, properties: dict, stack_name: str) -> Created:
    association = _rest("POST", f"/clusters/{properties['ClusterName']}/pod-identity-associations", namespace=properties["Namespace"],
                        serviceAccount=properties["ServiceAccount"], roleArn=properties["RoleArn"], tags=_tags(properties))["association"]
    return association["associationArn"], {"AssociationArn": association["associationArn"], "AssociationId": association["associationId"]}


def _identity_update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
    _rest("POST", f"/clusters/{new['ClusterName']}/pod-identity-associations/{identifier.split('/')[-1]}", roleArn=new["RoleArn"])
    return identifier, {}


def _identity_delete(identifier: str, properties: dict) -> None:
    _rest("DELETE", f"/clusters/{properties['ClusterName']}/pod-identity-associations/{identifier.split('/')[-1]}")


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    service_module = module("ministack.services.eks")
    service_module._docker_available = False
    native = module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[CLUSTER]
    return {
        CLUSTER: {**native, "create": _cluster_create(native), "update": _cluster_update(native), "delete": _cluster_delete},
        "AWS::EKS::AccessEntry": {"create": _entry_create, "update": _entry_update, "delete": _entry_delete},
        "AWS::EKS::Addon": {"create": _addon_create, "update": _addon_update, "delete": _addon_delete},
        "AWS::EKS::PodIdentityAssociation": {"create": _identity_create, "update": _identity_update, "delete": _identity_delete},
    }
