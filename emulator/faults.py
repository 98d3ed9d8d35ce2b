"""Faults asked for by a test: what is to go wrong, where, and how often.

A *resource fault* fails or hangs one operation on a resource; an *API fault* answers a call badly or not at all.
Faults are kept until they are used up or removed.
"""

import itertools
import random
import threading
import time
from dataclasses import asdict, dataclass, field, fields
from typing import Any

FAILURE = "Resource handler returned message: \"Internal failure\" (HandlerErrorCode: InternalFailure)"
RESOURCE_KINDS = ("fail", "hang")
API_KINDS = ("throttle", "error", "expired", "hang", "drop")

_ids = itertools.count(1)
_faults: dict[str, "Fault"] = {}
_changed = threading.Condition()


class ResourceFailure(ValueError):
    """The failure of a resource handler, with its reason."""


@dataclass
class Fault:
    """One fault. A condition that is None fits everything.

    ``target`` is ``resource`` or ``api``; ``kind`` what happens: a resource can ``fail`` or ``hang``, a call can be
    answered with ``throttle``, ``error`` (HTTP ``status``), ``expired``, ``hang``, or be carried out and the reply
    ``drop``ped. ``times`` limits how often it strikes (None: until removed), ``probability`` how likely,
    ``seconds`` how long from now.
    """

    target: str
    kind: str
    region: str | None = None
    account: str | None = None
    stackName: str | None = None
    logicalId: str | None = None
    resourceType: str | None = None
    operation: str | None = None
    service: str | None = None
    action: str | None = None
    reason: str | None = None
    status: int = 503
    times: int | None = None
    probability: float = 1.0
    seconds: float | None = None
    id: str = field(default_factory=lambda: f"fault-{next(_ids)}")
    struck: int = 0
    since: float = field(default_factory=time.monotonic, repr=False)

    def described(self) -> dict[str, Any]:
        """As the control endpoint shows it."""
        return {name: value for name, value in asdict(self).items() if value is not None and name != "since"}

    @property
    def spent(self) -> bool:
        """Whether it won't strike again."""
        return self.times == 0 or self.seconds is not None and time.monotonic() > self.since + self.seconds

    def fits(self, facts: dict[str, str | None]) -> bool:
        """Whether it is meant for these facts and strikes this time."""
        return (not self.spent and all(getattr(self, name) in (None, fact) for name, fact in facts.items())
                and (self.probability >= 1 or random.random() < self.probability))


def add(settings: dict[str, Any]) -> Fault:
    """Sets a fault from the fields of ``Fault``.

    Raises ValueError for an unknown field, target or kind.
    """
    known = {each.name for each in fields(Fault)} - {"id", "struck", "since"}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ValueError(f"Unknown field of a fault {', '.join(unknown)}: known are {', '.join(sorted(known))}.")
    kinds = {"resource": RESOURCE_KINDS, "api": API_KINDS}.get(settings.get("target", ""))
    if kinds is None:
        raise ValueError(f"Unknown target {settings.get('target')!r} of a fault: it is resource or api.")
    if settings.get("kind") not in kinds:
        raise ValueError(f"Unknown kind {settings.get('kind')!r} of a fault: it is {', '.join(kinds)}.")
    fault = Fault(**settings)
    with _changed:
        _faults[fault.id] = fault
    return fault


def current() -> list[Fault]:
    """All faults that can still strike, oldest first."""
    return [fault for fault in _faults.values() if not fault.spent]


def remove(fault_id: str | None = None) -> int:
    """Removes one fault, or all; what hangs by it goes on. Returns how many there were."""
    with _changed:
        ids = [fault_id] if fault_id in _faults else [] if fault_id else list(_faults)
        for each in ids:
            del _faults[each]
        _changed.notify_all()
    return len(ids)


def strike(target: str, facts: dict[str, str | None]) -> Fault | None:
    """The first fault that strikes here, counted as used once."""
    with _changed:
        fault = next((each for each in _faults.values() if each.target == target and each.fits(facts)), None)
        if fault:
            fault.struck += 1
            fault.times = None if fault.times is None else fault.times - 1
        return fault


def hanging(fault: Fault) -> bool:
    """Whether what hangs by this fault goes on hanging: until it is removed, or its seconds are over."""
    return fault.id in _faults and not (fault.seconds is not None and fault.spent)


def check_resource(region: str, account: str, stack_name: str, logical_id: str, resource_type: str, operation: str) -> None:
    """Raises ResourceFailure, or hangs the calling thread, when a fault was set for this CREATE, UPDATE or DELETE."""
    fault = strike("resource", {"region": region, "account": account, "stackName": stack_name, "logicalId": logical_id,
                                "resourceType": resource_type, "operation": operation.upper()})
    if fault is None:
        return
    if fault.kind == "fail":
        raise ResourceFailure(fault.reason or FAILURE)
    with _changed:
        while hanging(fault):
            _changed.wait(1.0)
