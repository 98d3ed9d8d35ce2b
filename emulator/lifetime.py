"""Ends the local AWS with the process that started it, so that none is left behind.

A starting process that wants this keeps a pipe to our standard input and sets ``MERIDIAN_LOCAL_ATTACHED=1``: however
it ends, the pipe closes.
"""

import os
import signal
import sys
import threading

ATTACHED = "MERIDIAN_LOCAL_ATTACHED"


def follow_starter() -> None:
    """Watches standard input when the starting process asked for it; stops the server when it closes."""
    if os.environ.get(ATTACHED) == "1":
        threading.Thread(target=_stop_at_end_of_input, name="starter", daemon=True).start()


def _stop_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
