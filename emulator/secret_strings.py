"""Values that a template leaves to Secrets Manager, of the characters that it asks for: ministack excludes single characters only.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html
"""

import json

from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import json_call

AROUND = ("SecretStringTemplate", "GenerateStringKey")
"""What says where the value goes, and nothing of its characters."""


def _string(properties: dict) -> str:
    given, wanted = properties.get("SecretString") or "", properties.get("GenerateSecretString")
    if given or wanted is None:
        return given
    characters = {key: value for key, value in wanted.items() if key not in AROUND}
    value = json_call("secretsmanager", "secretsmanager.GetRandomPassword", **characters)["RandomPassword"]
    template = wanted.get("SecretStringTemplate")
    return json.dumps(json.loads(template) | {wanted["GenerateStringKey"]: value}) if template else value


def install() -> None:
    """Generates the values of secrets that stacks create or update."""
    module(f"{CLOUDFORMATION}.provisioners")._sm_secret_string = _string
