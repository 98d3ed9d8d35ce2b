"""Which resource types there are, and what stands behind each: a service (emulated) or a record (recorded)."""

from emulator import driven, recorded, schemas, state
from emulator.handler import Handler
from emulator.ministack_hooks import CLOUDFORMATION, module

EMULATED, RECORDED = "emulated", "recorded"

_recorded_types: set[str] = set()


class _Recorded(dict):
    """A handler of a recorded type, made at first use: building 1,700 of them would delay every start."""

    def __init__(self, resource_type: str) -> None:
        super().__init__(pending=resource_type)

    def _made(self) -> "_Recorded":
        if "pending" in self:
            self.update(recorded.handler(dict.pop(self, "pending")))
        return self

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) if name == "pending" else dict.__contains__(self._made(), name)

    def __getitem__(self, name: str) -> object:
        return dict.__getitem__(self._made(), name)

    def get(self, name: str, default: object = None) -> object:
        return dict.get(self._made(), name, default)


class _Replacing(dict):
    """Create-only properties by type, read from the schema for every type ministack does not list."""

    def get(self, resource_type: str, default: object = None) -> object:
        if resource_type not in self and schemas.schema(resource_type):
            self[resource_type] = tuple(path for path in schemas.paths(resource_type, "createOnlyProperties") if "/" not in path)
        return dict.get(self, resource_type, default)


def kind(resource_type: str) -> str:
    """``emulated`` or ``recorded``."""
    return RECORDED if resource_type in _recorded_types else EMULATED


def recorded_types() -> frozenset[str]:
    """Every type without a service behind it."""
    return frozenset(_recorded_types)


def install() -> None:
    """Fills ministack's table: driven types first, a record for the rest of the registry."""
    state.install()
    provisioners = module(f"{CLOUDFORMATION}.provisioners")
    table: dict[str, Handler] = provisioners._RESOURCE_HANDLERS
    table.update(driven.handlers())
    _recorded_types.update(schemas.known() - table.keys())
    table.update({resource_type: _Recorded(resource_type) for resource_type in _recorded_types})
    provisioners._REPLACING_PROPERTIES = _Replacing(provisioners._REPLACING_PROPERTIES)
