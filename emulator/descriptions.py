"""What ministack leaves out when it describes stacks: parent and root of a nested stack, and the names behind values that
parameters read from Parameter Store.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
"""

from collections.abc import Callable
from xml.sax.saxutils import escape

from emulator.ministack_hooks import CLOUDFORMATION, module

ACTIONS = ("DescribeStacks", "ListStacks")
Answer = tuple[int, dict, bytes]


def _with_family(answer: Answer) -> Answer:
    status, headers, body = answer
    text = body.decode("utf-8")
    for stack in list(module(CLOUDFORMATION)._stacks.values()):
        if stack.get("ParentId"):
            own = f"<StackId>{escape(stack['StackId'])}</StackId>"
            text = text.replace(own, f"{own}<ParentId>{escape(stack['ParentId'])}</ParentId><RootId>{escape(stack['RootId'])}</RootId>")
    return status, headers, text.encode("utf-8")


def _with_resolved_values(answer: Answer) -> Answer:
    """A parameter that reads from Parameter Store has the name there as its value, and what it read as its resolved value."""
    status, headers, body = answer
    text = body.decode("utf-8")
    for stack in list(module(CLOUDFORMATION)._stacks.values()):
        before, own, after = text.partition(f"<StackId>{escape(stack['StackId'])}</StackId>")
        for key, parameter in stack.get("_resolved_params", {}).items() if own else ():
            if "SsmName" in parameter:
                shown = f"<ParameterKey>{escape(key)}</ParameterKey><ParameterValue>"
                value = escape(str(parameter["Value"]), {'"': "&quot;"})
                after = after.replace(f"{shown}{value}</ParameterValue>",
                                      f"{shown}{escape(parameter['SsmName'])}</ParameterValue><ResolvedValue>{value}</ResolvedValue>", 1)
        text = before + own + after
    return status, headers, text.encode("utf-8")


def _described(native: Callable[[dict], Answer]) -> Callable[[dict], Answer]:
    def describe(params: dict) -> Answer:
        answer = native(params)
        return _with_resolved_values(_with_family(answer)) if answer[0] == 200 else answer

    return describe


def install() -> None:
    """Completes the answers of both actions."""
    actions = module(f"{CLOUDFORMATION}.handlers")._ACTION_HANDLERS
    for action in ACTIONS:
        actions[action] = _described(actions[action])
