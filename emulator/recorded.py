"""Resources without a service behind them: remembered with an id and attributes, and with nothing to describe them."""

from emulator import attributes, names, state
from emulator.handler import Created, Handler
from emulator.identifiers import physical_id


def _key(resource_type: str, identifier: str) -> str:
    return state.key(resource_type, identifier, everywhere=names.is_global(resource_type))


def exists(resource_type: str, identifier: str) -> bool:
    """Whether such a resource is recorded."""
    return _key(resource_type, identifier) in state.recorded


def handler(resource_type: str) -> Handler:
    """Create, update and delete of a recorded type."""

    def create(logical_id: str, properties: dict, stack_name: str) -> Created:
        identifier = physical_id(resource_type, logical_id, properties, stack_name)
        key = _key(resource_type, identifier)
        if key in state.recorded:
            raise ValueError(f"Resource of type '{resource_type}' with identifier '{identifier}' already exists.")
        state.recorded[key] = properties
        return identifier, attributes.complete(resource_type, identifier, properties)

    def update(identifier: str, old: dict, new: dict, stack_name: str) -> Created:
        state.recorded[_key(resource_type, identifier)] = new
        return identifier, attributes.complete(resource_type, identifier, new)

    def delete(identifier: str, properties: dict) -> None:
        state.recorded.pop(_key(resource_type, identifier), None)

    return {"create": create, "update": update, "delete": delete}
