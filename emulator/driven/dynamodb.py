"""Global tables: a table in every replica region, where ministack makes one in the stack's region only.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
"""

from ministack.core.responses import get_region

from emulator.handler import Created, Handler
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.service_api import in_region, service

GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable"


def _elsewhere(properties: dict) -> list[str]:
    return [replica["Region"] for replica in properties["Replicas"] if replica["Region"] != get_region()]


def _global_table(native: Handler) -> Handler:
    def replicate(name: str, logical_id: str, properties: dict, stack_name: str) -> None:
        for region in _elsewhere(properties):
            with in_region(region):
                if name not in service("dynamodb")._tables:
                    native["create"](logical_id, properties | {"TableName": name}, stack_name)

    def drop(name: str, properties: dict, regions: list[str]) -> None:
        for region in regions:
            with in_region(region):
                if name in service("dynamodb")._tables:
                    native["delete"](name, properties)

    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        name, attributes = native["create"](logical_id, properties, stack_name)
        replicate(name, logical_id, properties, stack_name)
        return name, attributes

    def update(name: str, old: dict, new: dict, stack_name: str, logical_id: str | None = None) -> Created:
        if "update" not in native:
            result: Created = (name, {})
        elif native.get("update_with_logical_id"):
            result = native["update"](name, old, new, stack_name, logical_id)
        else:
            result = native["update"](name, old, new, stack_name)
        replicate(result[0], logical_id or name, new, stack_name)
        drop(name, old, [region for region in _elsewhere(old) if region not in _elsewhere(new)])
        return result

    def delete(name: str, properties: dict) -> None:
        drop(name, properties, _elsewhere(properties))
        native["delete"](name, properties)

    return {**native, "create": create, "update": update, "update_with_logical_id": True, "delete": delete}


def handlers() -> dict[str, Handler]:
    """Handlers by type."""
    return {GLOBAL_TABLE: _global_table(module(f"{CLOUDFORMATION}.provisioners")._RESOURCE_HANDLERS[GLOBAL_TABLE])}
