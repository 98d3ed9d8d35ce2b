"""The log of API calls: what was asked of which service, and whether it may change something."""

import re
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs

_KEPT = 20_000
_READING = re.compile(r"Describe|Get|List|Head|Lookup|Search|BatchGet|Query|Scan|Validate|Estimate|Simulate|Test|Detect|"
                      r"Check|Decode|AssumeRole|Verify")
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d+/([^/]+)/([^/]+)/")
_READING_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Call:
    """One call, by what its signature and its content say."""

    service: str
    action: str
    region: str
    account: str
    mutating: bool


_calls: deque[Call] = deque(maxlen=_KEPT)


def read(scope: dict[str, Any], body: bytes) -> Call:
    """The call behind an HTTP request. A REST call has no name of its own: it goes by method and path."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    signed = headers.get("authorization") or "Credential=" + query.get("X-Amz-Credential", [""])[0]
    credential = _CREDENTIAL.search(signed)
    account, region, service = credential.groups() if credential else ("", "", "unsigned")
    named = (headers.get("x-amz-target", "").rpartition(".")[2] or query.get("Action", [""])[0]
             or parse_qs(body.decode("latin-1")).get("Action", [""])[0])
    if named:
        return Call(service, named, region, account, not _READING.match(named))
    method, path = scope["method"], scope["path"].rstrip("/") or "/"
    return Call(service, f"{method} {path}", region, account, method not in _READING_METHODS)


def log(call: Call) -> None:
    """Keeps the call; the oldest of 20,000 goes."""
    _calls.append(call)


def counted() -> list[dict[str, Any]]:
    """The calls since the last reset with their counts, in the order in which each was first made."""
    counts: dict[Call, int] = {}
    for call in _calls:
        counts[call] = counts.get(call, 0) + 1
    return [asdict(call) | {"count": count} for call, count in counts.items()]


def reset() -> None:
    """Empties the log."""
    _calls.clear()
