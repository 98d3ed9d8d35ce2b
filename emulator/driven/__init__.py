"""Types made through a service's own API, so that ``describe-*`` sees them and the service's own checks apply.

ministack has these services but no CloudFormation handler for the types, or one that writes past the service.
"""

from emulator.driven import aurora, budgets, caches, cloudtrail, cloudwatch, dynamodb, ec2, ecs, eks, firehose, kms, network_interfaces, rds, route53, security_group_rules, wafv2
from emulator.handler import Handler


def handlers() -> dict[str, Handler]:
    """The handler of every driven type."""
    modules = (aurora, budgets, caches, cloudtrail, cloudwatch, dynamodb, ec2, ecs, eks, firehose, kms, network_interfaces, rds, route53, security_group_rules, wafv2)
    return {resource_type: handler for module in modules for resource_type, handler in module.handlers().items()}
