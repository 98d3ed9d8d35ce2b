"""Why the local AWS cannot start."""


class CannotStart(Exception):
    """The environment does not allow a start. The message says what, why and what to do."""
