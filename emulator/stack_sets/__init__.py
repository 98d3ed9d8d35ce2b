"""StackSets for the local AWS: the actions that ministack lacks, driving its stacks in every account and region.

``sets`` and ``instances`` change things, ``operations`` accepts and shows what they start, ``execute`` runs it, and
``stacks`` does the work in one account and region.
"""

from typing import Any


def install() -> None:
    """Adds the StackSets actions to CloudFormation's, and stack sets to what a state folder keeps and a reset wipes."""
    from emulator.stack_sets import actions, drift, instances, operations, responses, sets, stacks
    del drift, instances, operations, sets  # imported for the actions they register
    actions.install(responses.xml)
    stacks.install()
    _keep()


def _keep() -> None:
    from ministack.services import cloudformation

    from emulator.stack_sets import execute, store
    native_state, native_restore = cloudformation.get_state, cloudformation._restore_state
    native_reset = cloudformation.reset

    def get_state() -> dict[str, Any]:
        return native_state() | {"stack_sets": store.dump()}

    def restore_state(data: dict[str, Any] | None) -> None:
        native_restore(data)
        store.load((data or {}).get("stack_sets", []))

    def reset() -> None:
        execute.clear()
        store.clear()
        native_reset()

    cloudformation.get_state, cloudformation._restore_state, cloudformation.reset = get_state, restore_state, reset
