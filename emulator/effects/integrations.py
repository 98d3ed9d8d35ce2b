"""What a method's integration goes through: ministack calls the address and forgets the VPC link."""

from emulator.service_api import service


def keep_link(properties: dict) -> None:
    """Lets the integration of a method know its VPC link, as API Gateway does."""
    link = (properties.get("Integration") or {}).get("ConnectionId")
    resource = (service("apigateway_v1")._resources.get(properties["RestApiId"]) or {}).get(properties["ResourceId"]) or {}
    integration = ((resource.get("resourceMethods") or {}).get(properties["HttpMethod"]) or {}).get("methodIntegration")
    if link and integration:
        integration["connectionId"] = link
