"""The table of StackSets actions, and their place among CloudFormation's.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
"""

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import handlers, helpers

from emulator.stack_sets.errors import ApiError
from emulator.stack_sets.requests import Params

Action = Callable[[Params], dict[str, Any] | None]
Response = tuple[int, dict[str, str], bytes]
_actions: dict[str, Action] = {}


def action(name: str) -> Callable[[Action], Action]:
    """Registers a function as the API action ``name``; what it returns is the action's result."""
    def register(function: Action) -> Action:
        _actions[name] = function
        return function
    return register


def install(render: Callable[[Any], str]) -> None:
    """Adds every registered action to those that CloudFormation answers."""
    for name, function in _actions.items():
        handlers._ACTION_HANDLERS[name] = _answering(name, function, render)


def _answering(name: str, function: Action, render: Callable[[Any], str]) -> Callable[[Params], Response]:
    def answer(params: Params) -> Response:
        try:
            result = function(params)
        except ApiError as error:
            return helpers._error(error.code, str(error), error.status)
        return helpers._xml(200, f"{name}Response", f"<{name}Result>{render(result or {})}</{name}Result>")
    return answer
