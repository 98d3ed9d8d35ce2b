"""What ``Ref`` gives where ministack's own physical id is something else."""

from emulator import state

REF_IS = {"AWS::SecretsManager::Secret": "Id"}
"""Attribute that Ref returns, by type."""


def reference(resource_type: str, native_id: str, attributes: dict) -> str:
    """CloudFormation's physical id of a resource that ministack knows as ``native_id``."""
    found = attributes.get(REF_IS.get(resource_type, ""))
    if not found or found == native_id:
        return native_id
    state.native_ids[state.key(resource_type, found)] = native_id
    return found


def native_id(resource_type: str, physical_id: str) -> str:
    """ministack's id behind a physical id."""
    return state.native_ids.get(state.key(resource_type, physical_id), physical_id)


def forget(resource_type: str, physical_id: str) -> None:
    """Drops what is known of a resource that is gone."""
    state.native_ids.pop(state.key(resource_type, physical_id), None)
