"""Plays API faults: answers in the place of a service, or loses what it answered.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from xml.sax.saxutils import escape

from emulator import faults
from emulator.calls import Call
from emulator.faults import Fault

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

_POLL_SECONDS = 0.05
_ANSWERS = {
    "throttle": (400, "Throttling", "Rate exceeded"),
    "expired": (403, "ExpiredToken", "The security token included in the request is expired"),
    "error": (0, "ServiceUnavailable", "Service is unable to handle the request"),
}


async def respond(send: Send, status: int, body: bytes, content_type: bytes) -> None:
    """Sends one whole response."""
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def around(app: App, call: Call, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Passes the call on, unless a fault strikes it."""
    facts: dict[str, str | None] = {
        "service": call.service, "action": call.action, "region": call.region, "account": call.account}
    fault = faults.strike("api", facts)
    if fault is None:
        await app(scope, receive, send)
    elif fault.kind == "drop":
        await _drop(app, scope, receive, send)
    elif fault.kind == "hang":
        await _hang(fault, receive)
    else:
        await _refuse(fault, scope, send)


async def _refuse(fault: Fault, scope: dict[str, Any], send: Send) -> None:
    status, code, message = _ANSWERS[fault.kind]
    status, message = status or fault.status, fault.reason or message
    code = "InternalFailure" if status == 500 else code
    json_call = any(name.lower() == b"x-amz-target" for name, _ in scope["headers"])
    if json_call:
        await respond(send, status, json.dumps({"__type": code, "message": message}).encode(), b"application/x-amz-json-1.1")
        return
    side = "Sender" if status < 500 else "Receiver"
    error = f"<Error><Type>{side}</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    body = f"<ErrorResponse>{error}<RequestId>{fault.id}</RequestId></ErrorResponse>"
    await respond(send, status, body.encode(), b"text/xml")


async def _hang(fault: Fault, receive: Receive) -> None:
    """Answers nothing for as long as the fault is set and the client waits; after that the server answers 500."""
    gone = asyncio.create_task(_disconnected(receive))
    try:
        while faults.hanging(fault) and not gone.done():
            await asyncio.sleep(_POLL_SECONDS)
    finally:
        gone.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drop(app: App, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Lets the call be carried out, and breaks the connection off before its reply is complete."""
    async def lose(_: dict[str, Any]) -> None:
        pass

    await app(scope, receive, lose)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1048576")]})
    await send({"type": "http.response.body", "body": b" ", "more_body": True})
