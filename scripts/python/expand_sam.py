"""Expands SAM templates to plain CloudFormation, offline and alike for every account and region.

Reads ``{file: template}`` as JSON from standard input and writes ``{file: {"template": …}}``, or
``{file: {"problems": [{"logicalId": …, "message": …}]}}`` where a template can't be expanded, to standard output.
"""

import json
import sys
from types import ModuleType
from typing import Any

# The region SAM believes to be in. It belongs to no partition but the default one, and a template that contains it
# afterwards would not be fit for all regions.
NO_REGION = "no-region-0"

# SAM leaves a parameter alone when its value is CloudFormation's own mark of a value that isn't known yet.
UNKNOWN_VALUE = "{{IntrinsicFunction:unknown}}"

PSEUDO_PARAMETERS = ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"]


class OfflineSession:
    """Stands for a boto3 session: knows a region and can't call anything."""

    region_name = NO_REGION


def replace_aws_sdk() -> None:
    """Puts empty modules where SAM imports the AWS SDK, so that it can reach no network, profile or credentials.

    It also saves a third of the start-up time.
    """
    names = {
        "boto3": {"Session": OfflineSession},
        "botocore": {},
        "botocore.client": {"BaseClient": object},
        "botocore.config": {"Config": object},
        "botocore.exceptions": {"ClientError": Exception, "EndpointConnectionError": Exception},
    }
    for name, attributes in names.items():
        module = ModuleType(name)
        vars(module).update(attributes)
        sys.modules[name] = module


def expand(template: dict[str, Any]) -> dict[str, Any]:
    """Expands one template, or says why it can't be."""
    # Imported after the AWS SDK was replaced.
    from samtranslator.model.exceptions import InvalidDocumentException
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    names = [*template.get("Parameters", {}), *PSEUDO_PARAMETERS]
    try:
        expanded = Translator({}, Parser(), boto_session=OfflineSession()).translate(
            template,
            parameter_values=dict.fromkeys(names, UNKNOWN_VALUE),
            passthrough_metadata=True,
        )
    except InvalidDocumentException as error:
        return {"problems": [problem(cause) for cause in error.causes]}
    leaks = [
        {"logicalId": logical_id, "message": "it would depend on the region or parameters it is expanded with"}
        for logical_id, resource in expanded["Resources"].items()
        if NO_REGION in json.dumps(resource) or UNKNOWN_VALUE in json.dumps(resource)
    ]
    return {"problems": leaks} if leaks else {"template": expanded}


def problem(cause: Any) -> dict[str, Any]:
    """One of SAM's complaints, with the logical id where it has one."""
    # SAM keeps the id under a private name and has no other way to ask for it.
    return {"logicalId": getattr(cause, "_logical_id", None), "message": cause.message}


def main() -> None:
    replace_aws_sdk()
    templates = json.load(sys.stdin)
    json.dump({file: expand(template) for file, template in templates.items()}, sys.stdout)


if __name__ == "__main__":
    main()
