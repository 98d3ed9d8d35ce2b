"""Health checks as Route 53 describes them: ministack loses the members of their lists and writes booleans as no SDK reads them.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

from typing import Any

from emulator.service_api import service

LISTS = {"ChildHealthChecks": "ChildHealthCheck", "Regions": "Region"}
"""Members' element, by list."""


def install() -> None:
    """Completes what ministack reads of a configuration."""
    route53 = service("route53")
    native = route53._parse_health_check_config

    def parse(element: Any) -> dict:
        config = {key: str(value).lower() if isinstance(value, bool) else value for key, value in native(element).items()}
        for name, member in LISTS.items():
            if name in config:
                config[name] = [item.text for item in route53._findall(route53._find(element, name), member)]
        return config

    route53._parse_health_check_config = parse
