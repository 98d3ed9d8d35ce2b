"""Custom resources: the function behind them runs for real, and the stack waits for its answer."""

from emulator.ministack_hooks import CLOUDFORMATION, module

PLAIN = "AWS::CloudFormation::CustomResource"


def is_custom(resource_type: str) -> bool:
    """Whether a type is a custom resource."""
    return resource_type.startswith("Custom::") or resource_type == PLAIN


def release() -> None:
    """Ends every wait for an answer: the server stops."""
    for waiting in list(module(f"{CLOUDFORMATION}.custom_resource")._pending.values()):
        waiting["event"].set()
