"""Runs operations: region by region, account by account, within the failure tolerance, one after another.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html#stackset-ops-options
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ministack.core.responses import now_iso

from emulator.stack_sets.model import Instance, Operation, Place, Result, StackSet
from emulator.stack_sets.preferences import Preferences
from emulator.stack_sets.stacks import Outcome

_logger = logging.getLogger("emulator.stack_sets")
_EXCEEDED = "Cancelled since failure tolerance has exceeded"
_STOPPED = "Cancelled since the operation was stopped"


@dataclass(frozen=True)
class Plan:
    """What an operation does: ``prepare`` changes the stack set when the operation starts and returns its places,
    ``work`` does one place, ``settle`` records there how it ended, ``finish`` closes the operation."""

    preferences: Preferences
    prepare: Callable[[], list[Place]]
    work: Callable[[Instance], Awaitable[Outcome]]
    settle: Callable[[Instance, Outcome], None]
    finish: Callable[[Operation], None] = lambda operation: None


_queues: dict[str, list[tuple[Operation, Plan]]] = {}
_tasks: set[asyncio.Task[None]] = set()


def submit(stack_set: StackSet, operation: Operation, plan: Plan) -> None:
    """Starts the operation, or queues it behind those before it where the stack set has managed execution."""
    queue = stack_set.busy
    stack_set.operations[operation.id] = operation
    if queue:
        operation.status = "QUEUED"
        _queues.setdefault(stack_set.arn, []).append((operation, plan))
    else:
        _start(stack_set, operation, plan)


def stop(stack_set: StackSet, operation: Operation) -> None:
    """Lets what is under way end and starts nothing more; a queued operation ends at once."""
    if operation.status == "QUEUED":
        _queues[stack_set.arn] = [entry for entry in _queues[stack_set.arn] if entry[0] is not operation]
        operation.status, operation.ended = "STOPPED", now_iso()
    else:
        operation.status = "STOPPING"


def clear() -> None:
    """Gives up everything under way and queued."""
    _queues.clear()
    for task in list(_tasks):
        task.get_loop().call_soon_threadsafe(task.cancel)


def _start(stack_set: StackSet, operation: Operation, plan: Plan) -> None:
    operation.status = "RUNNING"
    places = plan.prepare()
    regions = plan.preferences.ordered(list({region for _, region in places}))
    for region in regions:
        operation.results += [Result(account, region) for account, where in places if where == region]
    for place in places:
        instance = stack_set.instances[place]
        instance.detailed_status, instance.reason, instance.last_operation_id = "PENDING", None, operation.id
    task = asyncio.get_running_loop().create_task(_run(_Run(stack_set, operation, plan, regions)))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


@dataclass
class _Run:
    """An operation under way."""

    stack_set: StackSet
    operation: Operation
    plan: Plan
    regions: list[str]
    exceeded: bool = False

    @property
    def halted(self) -> bool:
        """Whether nothing more is to be started."""
        return self.exceeded or self.operation.status == "STOPPING"


async def _run(run: _Run) -> None:
    if run.plan.preferences.parallel:
        await asyncio.gather(*(_run_region(run, region) for region in run.regions))
    else:
        for region in run.regions:
            await _run_region(run, region)
    _close(run)
    waiting = _queues.get(run.stack_set.arn)
    if waiting:
        _start(run.stack_set, *waiting.pop(0))


async def _run_region(run: _Run, region: str) -> None:
    results = [result for result in run.operation.results if result.region == region]
    tolerance = run.plan.preferences.tolerance(len(results))
    waiting = list(results)
    working: set[asyncio.Task[None]] = set()
    while working or waiting and not run.halted:
        failed = sum(result.status == "FAILED" for result in results)
        while waiting and not run.halted and len(working) < run.plan.preferences.width(len(results), failed):
            working.add(asyncio.create_task(_run_place(run, waiting.pop(0))))
        _, working = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        if sum(result.status == "FAILED" for result in results) > tolerance:
            run.exceeded = True


async def _run_place(run: _Run, result: Result) -> None:
    instance = run.stack_set.instances[result.account, result.region]
    result.status = instance.detailed_status = "RUNNING"
    try:
        outcome = await run.plan.work(instance)
    except Exception as error:
        _logger.exception("%s of %s failed in %s", run.operation.action, run.stack_set.name, instance.place)
        outcome = Outcome(False, f"Internal failure of the local AWS: {error}")
    result.status, result.reason = "SUCCEEDED" if outcome.succeeded else "FAILED", outcome.reason
    run.plan.settle(instance, outcome)


def _close(run: _Run) -> None:
    reason = _EXCEEDED if run.exceeded else _STOPPED
    for result in run.operation.results:
        if result.status == "PENDING":
            result.status, result.reason = "CANCELLED", reason
            instance = run.stack_set.instances[result.account, result.region]
            instance.settle(instance.status, "CANCELLED", reason)
    stopping = run.operation.status == "STOPPING"
    run.operation.status = "FAILED" if run.exceeded else "STOPPED" if stopping else "SUCCEEDED"
    run.operation.ended = now_iso()
    run.plan.finish(run.operation)
