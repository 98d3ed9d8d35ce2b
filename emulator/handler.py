"""The shape of a resource handler in ministack's table of types."""

from collections.abc import Callable
from typing import Any, TypedDict

Created = tuple[str, dict[str, Any]]
"""Physical id and attributes."""


class Handler(TypedDict, total=False):
    """Provisions one type. Every function raises ValueError with the service's reason when it refuses."""

    create: Callable[[str, dict, str], Created]
    """Logical id, properties, stack name."""
    update: Callable[..., Created]
    """Physical id, old properties, new properties, stack name; and the logical id with ``update_with_logical_id``."""
    update_with_logical_id: bool
    delete: Callable[[str, dict], None]
    """Physical id, properties."""


def unchanged(physical_id: str, old: dict, new: dict, stack_name: str) -> Created:
    """The update of a type of which only tags can change in place."""
    return physical_id, {}
