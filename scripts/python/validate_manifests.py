"""Judges Kubernetes objects strictly by the schemas of one version of Kubernetes: a field that no schema knows is a mistake.

Reads ``{"version": "1.35", "own": {"<apiVersion> <kind>": schema}, "objects": {key: object}}`` as JSON from standard input, ``own``
being the schemas of custom resources, and writes ``{key: {"path": […], "message": …} | null}`` to standard output: the most telling
mistake of each object. It ends with another code than 0 when the version is not there.
"""

import json
import sys
from typing import Any

import jsonschema
import kubernetes_validate

Mistake = dict[str, Any] | None


def mistake_of(error: Any) -> Mistake:
    """What and where an error is."""
    return {"path": [str(part) for part in error.path], "message": error.message}


def judge_by_own_schema(thing: dict[str, Any], schema: dict[str, Any]) -> Mistake:
    """Judges a custom resource."""
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(thing))
    return mistake_of(error) if error else None


def judge(thing: dict[str, Any], version: str) -> Mistake:
    """Judges an object of Kubernetes itself."""
    try:
        used = kubernetes_validate.validate(thing, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        return mistake_of(error)
    except kubernetes_validate.SchemaNotFoundError as error:
        return {"path": ["kind"], "message": error.message}
    # It would take the newest older schemas for a version that it does not have.
    if used != version:
        sys.exit(f"it has no schemas of Kubernetes {version}, only of {used}")
    return None


def main() -> None:
    """Answers one request."""
    request = json.load(sys.stdin)
    own: dict[str, Any] = request["own"]
    answers = {}
    for key, thing in request["objects"].items():
        kind = f"{thing.get('apiVersion')} {thing.get('kind')}"
        answers[key] = judge_by_own_schema(thing, own[kind]) if kind in own else judge(thing, request["version"])
    json.dump(answers, sys.stdout)


main()
