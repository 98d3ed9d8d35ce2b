"""The shape of a relation's check."""

from collections.abc import Callable

WriteCheck = Callable[[dict, str | None], None]
"""Properties, and the physical id of the resource that is updated (None: created). Raises ValueError."""

DeleteCheck = Callable[[str, dict], None]
"""Physical id, properties. Raises ValueError."""
