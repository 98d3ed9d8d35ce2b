"""What happens to every resource before and after the service behind it is asked.

Create and update: types coerced, validated against the schema, names and relations checked, pace taken, faults raised,
service called, attributes completed. Delete: relations checked, pace, faults, service.
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region

from emulator import attributes, custom_resources, effects, events, faults, names, pace, references, relations
from emulator.coercion import coerce
from emulator.handler import Created
from emulator.ministack_hooks import CLOUDFORMATION, module
from emulator.validation import validate
from emulator.wording import as_cloudformation

STACK = "AWS::CloudFormation::Stack"


def _without_system_tags(properties: dict) -> dict:
    """``properties`` as the template has them: ministack adds the aws: tags of the stack before a handler sees them."""
    cleaned = {}
    for name, value in properties.items():
        if isinstance(value, list) and any(isinstance(tag, dict) and _is_system(tag.get("Key")) for tag in value):
            kept: list | dict = [tag for tag in value if not _is_system(tag.get("Key"))]
        elif name.endswith("Tags") and isinstance(value, dict) and any(map(_is_system, value)):
            kept = {key: text for key, text in value.items() if not _is_system(key)}
        else:
            cleaned[name] = value
            continue
        if kept:
            cleaned[name] = kept
    return cleaned


def _is_system(key: object) -> bool:
    return str(key).startswith("aws:")


def _simulate(resource_type: str, operation: str, stack_name: str, logical_id: str) -> None:
    if resource_type != STACK:
        pace.wait(resource_type, operation, get_region())
    faults.check_resource(get_region(), get_account_id(), stack_name, logical_id, resource_type, operation)


def _prepare(resource_type: str, logical_id: str, properties: dict) -> dict:
    if custom_resources.is_custom(resource_type):
        return properties
    coerced = coerce(resource_type, properties)
    validate(resource_type, logical_id, _without_system_tags(coerced), get_region())
    return coerced


def install() -> None:
    """Wraps the three functions through which ministack's stack engine reaches every handler."""
    stacks = module(f"{CLOUDFORMATION}.stacks")
    native_create, native_update, native_delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource

    def create(resource_type: str, logical_id: str, properties: dict, stack_name: str) -> Created:
        properties = _prepare(resource_type, logical_id, properties)
        names.check_free(resource_type, logical_id, properties)
        relations.check_write(resource_type, properties)
        _simulate(resource_type, "CREATE", stack_name, logical_id)
        with as_cloudformation(resource_type):
            native_id, answered = native_create(resource_type, logical_id, properties, stack_name)
        return finish(resource_type, native_id, properties, answered)

    def update(resource_type: str, physical_id: str, old: dict, new: dict, stack_name: str, logical_id: str | None = None,
               old_attributes: dict | None = None) -> Created:
        if old == new:
            return physical_id, old_attributes or {}
        name = logical_id or physical_id
        events.changed(stack_name, name)
        old, new = coerce(resource_type, old), _prepare(resource_type, name, new)
        names.check_update(resource_type, name, old, new)
        relations.check_write(resource_type, new, physical_id)
        _simulate(resource_type, "UPDATE", stack_name, name)
        former = references.native_id(resource_type, physical_id)
        with as_cloudformation(resource_type):
            native_id, answered = native_update(resource_type, former, old, new, stack_name, logical_id, old_attributes)
        kept = (old_attributes or {}) if native_id == former else {}
        done = finish(resource_type, native_id, new, {**attributes.unchanged(resource_type, kept), **(answered or {})}, old)
        if done[0] == physical_id and names.key(resource_type, old) != names.key(resource_type, new):
            names.release(resource_type, old, physical_id)
        return done

    def finish(resource_type: str, native_id: str, properties: dict, answered: dict | None, old: dict | None = None) -> Created:
        answered = effects.after_write(resource_type, native_id, properties, answered or {}, old)
        physical_id = references.reference(resource_type, native_id, answered)
        names.take(resource_type, properties, physical_id)
        return physical_id, attributes.complete(resource_type, physical_id, properties, answered)

    def delete(resource_type: str, physical_id: str, properties: dict, stack_name: str | None = None,
               logical_id: str | None = None) -> None:
        properties = coerce(resource_type, properties)
        done = events.deleting(stack_name or "", logical_id or "", resource_type, physical_id)
        native_id = references.native_id(resource_type, physical_id)
        relations.check_delete(resource_type, native_id, properties)
        _simulate(resource_type, "DELETE", stack_name or "", logical_id or "")
        with as_cloudformation(resource_type):
            native_delete(resource_type, native_id, properties, stack_name, logical_id)
        references.forget(resource_type, physical_id)
        names.release(resource_type, properties, physical_id)
        done()

    stacks._provision_resource, stacks._update_resource, stacks._delete_resource = create, update, delete
    stacks._runs_on_worker_thread = _always


def _always(_resource_type: Any) -> bool:
    """Every handler runs on a worker thread, where it may take time and call services; ministack runs most on its loop."""
    return True
