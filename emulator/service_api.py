"""Calls to the services inside ministack, in the form in which an SDK would send them, for the calling account and region."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from ministack.core.responses import get_account_id, get_region, new_uuid, set_request_region

from emulator.ministack_hooks import module

TIMEOUT_SECONDS = 30


class Refused(ValueError):
    """A service's refusal, worded as a resource handler words it."""

    def __init__(self, service: str, status: int, code: str, message: str) -> None:
        super().__init__(f"Resource handler returned message: \"{message} (Service: {service}, Status Code: {status}, "
                         f"Request ID: {new_uuid()}) (SDK Attempt Count: 1)\" (HandlerErrorCode: {code})")
        self.code = code


def service(name: str) -> Any:
    """ministack's module of a service, such as ``ec2``."""
    return module("ministack.app")._get_module(name)


@contextmanager
def in_region(region: str) -> Iterator[None]:
    """Calls inside the block go to another region of the same account."""
    home = get_region()
    set_request_region(region)
    try:
        yield
    finally:
        set_request_region(home)


def query(name: str, action: str, **parameters: Any) -> str:
    """Calls a query-protocol API such as EC2's; lists and objects are flattened. Returns the XML. Raises Refused."""
    flat = {"Action": action}
    for key, value in parameters.items():
        flat.update(_flattened(key, value))
    return call(name, "POST", "/", {"content-type": "application/x-www-form-urlencoded"}, urlencode(flat))


def json_call(name: str, target: str, **parameters: Any) -> dict:
    """Calls a JSON-protocol API such as ECS's. Returns the answer. Raises Refused."""
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
    return json.loads(call(name, "POST", "/", headers, json.dumps(parameters)) or "{}")


def call(name: str, method: str, path: str, headers: dict[str, str], body: str) -> str:
    """Sends one request to a service and returns the body of the answer. Raises Refused for an error."""
    handle: Callable = service(name).handle_request
    signed = {"host": "127.0.0.1", "authorization": f"AWS4-HMAC-SHA256 Credential={get_account_id()}/20200101/{get_region()}/{name}/aws4_request"}
    status, _, answer = module("ministack.app").call_service_handler_sync(
        handle, method, path, signed | headers, body.encode(), {}, TIMEOUT_SECONDS)
    text = answer.decode() if isinstance(answer, bytes) else str(answer or "")
    if status >= 400:
        raise Refused(name, status, *_error(text))
    return text


def first(xml: str, tag: str) -> str:
    """The text of the first ``tag``; empty when there is none."""
    found = re.search(rf"<{tag}>(.*?)</{tag}>", xml, re.S)
    return found.group(1).strip() if found else ""


def to_xml(tag: str, value: Any, item: str = "member") -> str:
    """``value`` as an XML element; list members become ``item`` elements."""
    if isinstance(value, dict):
        inside = "".join(to_xml(key, member) for key, member in value.items())
    elif isinstance(value, list):
        inside = "".join(to_xml(item, member) for member in value)
    else:
        inside = escape(str(value).lower() if isinstance(value, bool) else str(value))
    return f"<{tag}>{inside}</{tag}>"


def _flattened(key: str, value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return {name: text for member, inner in value.items() for name, text in _flattened(f"{key}.{member}", inner).items()}
    if isinstance(value, list):
        return {name: text for index, inner in enumerate(value, 1) for name, text in _flattened(f"{key}.{index}", inner).items()}
    return {key: str(value).lower() if isinstance(value, bool) else str(value)}


def _error(text: str) -> tuple[str, str]:
    code = re.search(r"<Code>(.*?)</Code>", text) or re.search(r'"__type":\s*"([^"]*)"', text)
    message = re.search(r"<Message>(.*?)</Message>", text, re.S) or re.search(r'"[mM]essage":\s*"([^"]*)"', text)
    return code.group(1) if code else "GeneralServiceException", unescape(message.group(1)) if message else text[:200]
