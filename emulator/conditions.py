"""Conditions as CloudFormation evaluates them.

ministack's evaluator knows ``Ref`` of a parameter and ``Fn::Select`` only; pseudo parameters, ``Fn::FindInMap``,
``Fn::Sub``, ``Fn::Join`` and ``Fn::Split`` compare as unequal there without a word.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
"""

import copy
from typing import Any

from emulator.ministack_hooks import CLOUDFORMATION, module

PLACES = ("engine", "handlers", "stacks", "changesets")


def evaluate(template: dict, parameters: dict) -> dict[str, bool]:
    """The truth of every condition of ``template``, by name.

    ``parameters`` is the engine's map of resolved parameters. Raises ValueError in CloudFormation's words for an
    unknown condition, a circle, or a member that is no condition function.
    """
    definitions: dict = template.get("Conditions") or {}
    mappings: dict = template.get("Mappings") or {}
    truth: dict[str, bool] = {}
    resolve = module(f"{CLOUDFORMATION}.engine")._resolve_refs

    def named(name: str, path: tuple[str, ...]) -> bool:
        if name not in definitions:
            raise ValueError(f"Template format error: Unresolved condition dependency {name} in the Conditions block of the template")
        if name in path:
            raise ValueError(f"Template format error: Circular dependency in conditions: {' -> '.join((*path, name))}")
        if name not in truth:
            truth[name] = test(definitions[name], (*path, name))
        return truth[name]

    def test(expression: Any, path: tuple[str, ...]) -> bool:
        function, argument = _single(expression)
        match function:
            case "Condition":
                return named(argument, path)
            case "Fn::Not":
                return not test(argument[0], path)
            case "Fn::And":
                return all([test(part, path) for part in argument])
            case "Fn::Or":
                return any([test(part, path) for part in argument])
            case "Fn::Equals":
                left, right = (_text(resolve(copy.deepcopy(side), {}, parameters, truth, mappings, "", "")) for side in argument)
                return left == right
        raise ValueError(f"Template format error: Every Conditions member must be a condition function, not {function}")

    for name in definitions:
        named(name, ())
    return truth


def _single(expression: Any) -> tuple[str, Any]:
    if not isinstance(expression, dict) or len(expression) != 1:
        raise ValueError("Template format error: Every Conditions member must be an object with one condition function")
    return next(iter(expression.items()))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def install() -> None:
    """Replaces the evaluator in the four modules of ministack that use it."""
    for place in PLACES:
        module(f"{CLOUDFORMATION}.{place}")._evaluate_conditions = evaluate
