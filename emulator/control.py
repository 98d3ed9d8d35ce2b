"""The control endpoint ``/_meridian/…`` and the faults around every API call.

GET health; GET, PUT pace; GET, POST, DELETE faults; GET coverage; GET, DELETE calls; POST events; POST reset. Bodies are JSON.
"""

import dataclasses
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

from emulator import api_faults, calls, faults, lifetime, pace

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]
Answer = tuple[int, Any]

PREFIX = "/_meridian/"


def wrap(app: App) -> App:
    """The application with the control endpoint, the call log and the API faults in front of it."""
    async def controlled(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, _living(receive), send)
        elif scope["type"] != "http" or scope["path"].startswith("/_ministack/"):
            await app(scope, receive, send)
        elif scope["path"].startswith(PREFIX):
            await _serve(app, scope, receive, send)
        else:
            body, replay = await _form(scope, receive)
            call = calls.read(scope, body)
            calls.log(call)
            await api_faults.around(app, call, scope, replay, send)
    return controlled


def _living(receive: Receive) -> Receive:
    """Follows the starting process from the start, and ends whatever waits at the end."""
    async def received() -> dict[str, Any]:
        message = await receive()
        if message["type"] == "lifespan.startup":
            lifetime.follow_starter()
        if message["type"] == "lifespan.shutdown":
            faults.remove()
            pace.close()
        return message
    return received


async def _read(receive: Receive) -> tuple[bytes, list[dict[str, Any]]]:
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    return b"".join(message.get("body", b"") for message in messages), messages


async def _form(scope: dict[str, Any], receive: Receive) -> tuple[bytes, Receive]:
    """The body of a form, which names the action of a Query call, and a receive that plays it again.

    Other bodies pass unread: they can be large, and their call is named elsewhere.
    """
    kind = next((value for name, value in scope["headers"] if name.lower() == b"content-type"), b"")
    if not kind.startswith(b"application/x-www-form-urlencoded"):
        return b"", receive
    body, messages = await _read(receive)

    async def replay() -> dict[str, Any]:
        return messages.pop(0) if messages else await receive()

    return body, replay


async def _serve(app: App, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    body, _ = await _read(receive)
    route, _, rest = scope["path"].removeprefix(PREFIX).partition("/")
    try:
        content = json.loads(body) if body else {}
        if (scope["method"], route) == ("POST", "reset"):
            status, answer = await _reset(app)
        else:
            status, answer = _answer(scope["method"], route, rest, content)
    except (ValueError, TypeError) as problem:
        status, answer = 400, {"message": str(problem)}
    await api_faults.respond(send, status, json.dumps(answer).encode(), b"application/json")


def _answer(method: str, route: str, rest: str, content: dict[str, Any]) -> Answer:
    match method, route:
        case "GET", "health":
            return 200, {"status": "ok", "pid": os.getpid()}
        case "GET", "pace":
            return 200, dataclasses.asdict(pace.current())
        case "PUT", "pace":
            pace.change(_pace(content))
            return 200, dataclasses.asdict(pace.current())
        case "GET", "faults":
            return 200, {"faults": [fault.described() for fault in faults.current()]}
        case "POST", "faults":
            return 201, faults.add(content).described()
        case "DELETE", "faults":
            return 200, {"removed": faults.remove(rest or None)}
        case "GET", "coverage":
            from emulator import coverage  # reads the engine's tables
            return 200, coverage.report()
        case "POST", "events":
            from emulator import service_events  # reads the engine's tables
            return 201, service_events.publish(content)
        case "GET", "calls":
            return 200, {"calls": calls.counted()}
        case "DELETE", "calls":
            calls.reset()
            return 200, {"calls": []}
        case _:
            return 404, {"message": f"Nothing answers {method} {PREFIX}{route}."}


def _pace(content: dict[str, Any]) -> pace.Pace:
    known = {field.name for field in dataclasses.fields(pace.Pace)}
    unknown = sorted(set(content) - known)
    if unknown:
        raise ValueError(f"Unknown setting of the pace {', '.join(unknown)}: known are {', '.join(sorted(known))}.")
    new = pace.Pace(**content)
    numbers = [new.scale, *new.regions.values(), *new.seconds.values()]
    if any(isinstance(value, bool) or not isinstance(value, int | float) or value < 0 for value in numbers):
        raise ValueError("Pace out of range: scale, factors and seconds are numbers from 0.")
    return new


async def _reset(app: App) -> Answer:
    """Empties the local AWS and forgets faults, pace and calls."""
    faults.remove()
    pace.change(pace.Pace())
    calls.reset()
    status: list[int] = []

    async def received() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sent(message: dict[str, Any]) -> None:
        status.append(message.get("status", 0))

    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/_ministack/reset", "raw_path": b"/_ministack/reset", "query_string": b"", "headers": [],
        "client": ("127.0.0.1", 0), "server": None, "root_path": "", "extensions": {}, "state": {}}
    await app(scope, received, sent)
    return status[0], {"reset": status[0] == 200}
