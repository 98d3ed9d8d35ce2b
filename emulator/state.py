"""What this package itself remembers: recorded resources and taken names. Plain dictionaries with text keys, so that
ministack's persistence and reset carry them along with its own.
"""

from ministack.core.responses import get_account_id, get_region

from emulator.ministack_hooks import CLOUDFORMATION, module

recorded: dict[str, dict] = {}
"""Properties of recorded resources by scope, type and physical id."""

names: dict[str, str] = {}
"""Physical id by scope, type and name, for names that AWS accepts once."""

native_ids: dict[str, str] = {}
"""ministack's own id of a resource whose Ref is something else in CloudFormation."""


def key(*parts: str, everywhere: bool = False) -> str:
    """A key in the calling account and, unless ``everywhere``, region."""
    return "|".join((get_account_id(), "*" if everywhere else get_region(), *parts))


def install() -> None:
    """Adds these stores to what ministack persists and resets."""
    cloudformation = module(CLOUDFORMATION)
    stores: dict[str, dict] = {"meridian_recorded": recorded, "meridian_names": names, "meridian_native_ids": native_ids}
    cloudformation._PERSISTED_STORES += tuple((lambda store=store: store, name) for name, store in stores.items())
    native_reset = cloudformation.reset

    def reset() -> None:
        native_reset()
        for store in stores.values():
            store.clear()

    cloudformation.reset = reset
