"""Capabilities are asked for always; ministack asks only when it authenticates callers.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
"""

from emulator.ministack_hooks import CLOUDFORMATION, module


def missing(template: dict, given: list[str]) -> list[str]:
    """The IAM capabilities that ``template`` needs and ``given`` does not acknowledge."""
    handlers = module(f"{CLOUDFORMATION}.handlers")
    return handlers._missing_capabilities(set(given), handlers._required_iam_capabilities(template))


def refusal(capabilities: list[str]) -> str:
    """CloudFormation's message for missing capabilities."""
    return module(f"{CLOUDFORMATION}.handlers")._insufficient_capabilities_message(capabilities)


def install() -> None:
    """Turns enforcement on for create, update, change sets and nested stacks."""
    module(f"{CLOUDFORMATION}.handlers")._capabilities_enforced = lambda: True
