"""Puts the local AWS together and serves it."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config

from emulator import ministack_hooks

STOP_SECONDS = 5
"""How long a stop waits for what is under way."""


def build_app() -> Callable:
    """The ASGI application: ministack with every extension installed, in the order in which they rely on each other.

    Raises CannotStart when ministack is not the one that is extended here.
    """
    ministack_hooks.check()
    import ministack.app

    from emulator import (
        assumed_roles,
        capabilities,
        cluster_roles,
        conditions,
        continued_rollback,
        control,
        descriptions,
        drift_readers,
        drift_reverts,
        events,
        health_checks,
        leftovers,
        lifecycle,
        nested_change_sets,
        nested_stacks,
        public_parameters,
        replica_promotion,
        resource_types,
        secret_strings,
        secret_versions,
        service_deployments,
        service_events,
        stack_sets,
        template_checks,
        type_registry,
        urls,
    )
    for part in (assumed_roles, conditions, urls, template_checks, capabilities, events, resource_types, nested_stacks, lifecycle, leftovers,
                 continued_rollback, descriptions, drift_readers, nested_change_sets, drift_reverts, replica_promotion, cluster_roles, health_checks,
                 public_parameters, secret_strings, secret_versions, service_deployments, service_events, stack_sets, type_registry):
        part.install()
    return control.wrap(ministack.app.app)


def serve(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serves on ``listener`` until SIGTERM or SIGINT; calls ``ready`` once it accepts calls."""
    app = build_app()
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.loglevel = "ERROR"
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    asyncio.run(_serve(app, config, ready))


async def _serve(app: Callable, config: Config, ready: Callable[[], None]) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, stopped)

    async def announcing(scope: dict, receive: Callable, send: Callable) -> None:
        async def announce(message: dict) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                loop.call_soon(ready)
        await app(scope, receive, announce if scope["type"] == "lifespan" else send)

    await hypercorn_serve(announcing, config, shutdown_trigger=stopped.wait, mode="asgi")


def _stop(stopped: asyncio.Event) -> None:
    from emulator import custom_resources
    custom_resources.release()
    threading.Thread(target=_leave_soon, daemon=True).start()
    stopped.set()


def _leave_soon() -> None:
    """Ends the process when the thread of a handler does not end by itself."""
    time.sleep(STOP_SECONDS)
    os._exit(0)
