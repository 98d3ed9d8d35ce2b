"""What API Gateway asks of the parts of a REST API, of its keys and plans, and of the links into VPCs.

https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/vpc-links-v1.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-usage-plans.html
"""

from typing import Any

from emulator import recorded, state
from emulator.relations.check import DeleteCheck, WriteCheck
from emulator.relations.existence import LOAD_BALANCER, require, values
from emulator.service_api import Refused, service

LINK, LEGACY_LINK = "AWS::ApiGatewayV2::VpcLink", "AWS::ApiGateway::VpcLink"
LONGEST_KEY = 128


def _refused(code: str, message: str) -> Refused:
    return Refused("ApiGateway", {"NotFoundException": 404, "ConflictException": 409}.get(code, 400), code, message)


def _api() -> Any:
    return service("apigateway_v1")


def _integration(properties: dict, physical_id: str | None) -> None:
    integration = properties.get("Integration") or {}
    if integration.get("ConnectionType") != "VPC_LINK" or "${stageVariables." in str(integration.get("ConnectionId")):
        return
    link, target = integration.get("ConnectionId") or "", integration.get("IntegrationTarget")
    if recorded.exists(LEGACY_LINK, link):
        return
    if not recorded.exists(LINK, link):
        raise _refused("BadRequestException", f"Invalid VPC link identifier specified: {link}")
    if not target:
        raise _refused("BadRequestException", "IntegrationTarget is required for VpcLinkV2")
    require(LOAD_BALANCER, target)


def _network_link(properties: dict, physical_id: str | None) -> None:
    """A VPC link of the first version leads to one Network Load Balancer."""
    targets = properties.get("TargetArns") or []
    if len(targets) != 1:
        raise _refused("BadRequestException", "More than one target arn specified for vpc link.")
    require(LOAD_BALANCER, targets[0])
    if service("alb")._lbs[targets[0]]["Type"] != "network":
        raise _refused("BadRequestException", "Failed to stabilize Vpc Link. Status Message NLB ARN is malformed")


def _deployment(properties: dict, physical_id: str | None) -> None:
    resources = _api()._resources.get(properties["RestApiId"]) or {}
    if not any(resource.get("resourceMethods") for resource in resources.values()):
        raise _refused("BadRequestException", "The REST API doesn't contain any methods")


def _stage(properties: dict, physical_id: str | None) -> None:
    api = _api()
    if properties.get("DeploymentId") not in (api._deployments_v1.get(properties["RestApiId"]) or {}):
        raise _refused("NotFoundException", "Deployment id does not exist")
    levels = {setting.get("LoggingLevel", "OFF") for setting in properties.get("MethodSettings") or ()}
    logs = (properties.get("AccessLogSetting") or {}).get("DestinationArn") or levels - {"OFF"}
    if logs and not (api._account_settings.get("settings") or {}).get("cloudwatchRoleArn"):
        raise _refused("BadRequestException", "CloudWatch Logs role ARN must be set in account settings to enable logging")


def _plan(properties: dict, physical_id: str | None) -> None:
    for stage in properties.get("ApiStages") or ():
        if stage.get("Stage") not in (_api()._stages_v1.get(stage.get("ApiId")) or {}):
            raise _refused("NotFoundException", f"API Stage not found: {stage.get('ApiId')}:{stage.get('Stage')}")


def _key(properties: dict, physical_id: str | None) -> None:
    value = str(properties.get("Value") or "")
    if len(value) > LONGEST_KEY:
        raise _refused("BadRequestException", f"API Key value should be at most {LONGEST_KEY} characters")
    if value and any(key["value"] == value for key_id, key in _api()._api_keys.items() if key_id != physical_id):
        raise _refused("ConflictException", "API Key already exists")


def _key_in_plan(properties: dict, physical_id: str | None) -> None:
    if properties["KeyId"] not in _api()._api_keys:
        raise _refused("NotFoundException", "Invalid API Key identifier specified")


def _mapping(properties: dict, physical_id: str | None) -> None:
    api, name = _api(), properties.get("RestApiId")
    if name not in api._rest_apis:
        raise _refused("BadRequestException", "Invalid REST API identifier specified")
    if properties.get("Stage") and properties["Stage"] not in (api._stages_v1.get(name) or {}):
        raise _refused("BadRequestException", "Invalid stage identifier specified")


def _deployment_in_use(identifier: str, properties: dict) -> None:
    stages = _api()._stages_v1.get(properties["RestApiId"]) or {}
    if any(stage["deploymentId"] == identifier for stage in stages.values()):
        raise _refused("BadRequestException", "Active stages pointing to this deployment must be moved or deleted")


def _called_through(link: str) -> list[str]:
    """The methods of deployed stages whose integration goes through a link, as API Gateway lists them."""
    api = _api()
    return [f"{api_id}:{method}:{resource}:{stage}"
            for api_id, stages in api._stages_v1.items() for stage in stages
            for resource, content in (api._resources.get(api_id) or {}).items()
            for method, definition in (content.get("resourceMethods") or {}).items()
            if (definition.get("methodIntegration") or {}).get("connectionId") == link]


def _link_in_use(identifier: str, properties: dict) -> None:
    if methods := _called_through(identifier):
        raise _refused("BadRequestException", f"Cannot delete vpc link. Vpc link '{identifier}', is referenced in [{', '.join(methods)}] "
                       "in format of [RESTApiId:Method:Resource:Stage].")


def _recorded(resource_type: str) -> list[dict]:
    return [properties for name, properties in state.recorded.items() if name.startswith(state.key(resource_type, ""))]


def _load_balancer_in_use(arn: str, properties: dict) -> None:
    """A VPC link of the first version is an endpoint service of its load balancer."""
    if any(arn in values(link, "TargetArns/*") for link in _recorded(LEGACY_LINK)):
        raise Refused("ElasticLoadBalancingV2", 400, "ResourceInUse",
                      f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service")


def _linked(path: str, what: str) -> DeleteCheck:
    """A VPC link has network interfaces in its subnets, and its security groups on them."""
    def check(identifier: str, properties: dict) -> None:
        if any(identifier in values(link, path) for link in _recorded(LINK)):
            raise Refused("Ec2", 400, "DependencyViolation", f"{what.format(identifier)} has dependencies and cannot be deleted.")
    return check


ON_WRITE: dict[str, WriteCheck] = {
    "AWS::ApiGateway::ApiKey": _key,
    "AWS::ApiGateway::BasePathMapping": _mapping,
    "AWS::ApiGateway::Deployment": _deployment,
    "AWS::ApiGateway::Method": _integration,
    "AWS::ApiGateway::Stage": _stage,
    "AWS::ApiGateway::UsagePlan": _plan,
    "AWS::ApiGateway::UsagePlanKey": _key_in_plan,
    LEGACY_LINK: _network_link,
}
ON_DELETE: dict[str, DeleteCheck] = {
    "AWS::ApiGateway::Deployment": _deployment_in_use,
    LEGACY_LINK: _link_in_use,
    "AWS::EC2::SecurityGroup": _linked("SecurityGroupIds/*", "resource {}"),
    "AWS::EC2::Subnet": _linked("SubnetIds/*", "The subnet '{}'"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _load_balancer_in_use,
}
