"""
The shell around every task of a state machine: typed input and output, and what stops it.

A task returns what is to be done next; only what nobody foresaw is raised, and then by its
kind alone: the text of an error may quote content, and an execution's history keeps it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from aws_lambda_powertools import Logger

from shopbridge.entry.gate import held
from shopbridge.errors import Rejected, ShopbridgeError, Unavailable
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from shopbridge.historic_sync.step import FAIL, STOP, Desk, Step
from shopbridge.passing import is_passing
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.stores.store import Store

logger = Logger()

MOST_STEPS = 1_000
"""After so many tasks a new execution goes on: each leaves up to nine of 25,000 entries."""

PATIENCE = 900
"""Seconds between two looks at a store that may not send."""
AGAIN = 15
"""Seconds until what failed for the moment is tried again, where nobody says when."""


class TaskFailed(ShopbridgeError):
    """What nobody foresaw; the log says where."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What the state machine hands from task to task: names and numbers, nothing of anybody."""

    store: str
    run: str
    part: int
    steps: int = 0
    failed: Any = None
    """Set where a task failed to the end."""


class Office(Protocol):
    """What the shell needs from outside."""

    def store(self, name: str) -> Store | None:
        """Return the store as it is now."""

    def runs(self, store: str) -> Runs:
        """Return the runs of a store."""

    def control(self, store: str) -> Control:
        """Return what starts executions."""

    def desk(self, store: Store, run: Run, is_late: Callable[[], bool]) -> Desk:
        """Return all that a task may use."""

    def now(self) -> Any:
        """Tell the time."""


@dataclass(frozen=True)
class Task:
    """One kind of task of the historic sync: `work` does what its time allows."""

    work: Callable[[Desk], Step]
    office: Callable[[], Office]
    leave: Callable[[Desk], None] | None = None
    """Calls off what goes on elsewhere, where the run goes on no more, or not now."""

    def __call__(self, event: Mapping[str, Any], context: object) -> dict[str, Any]:
        """
        Do one task.

        Raises:
            TaskFailed: something nobody foresaw; the state machine tries again.
        """
        order = msgspec.convert(event, Order, strict=False)
        try:
            step = self._step(order, context)
        except Exception as exc:
            trouble.tell("task failed", exc, shop=order.store, run=order.run)
            raise TaskFailed(type(exc).__name__) from None
        told = {"next": step.next, "seconds": step.seconds}
        logger.info("task", extra={"shop": order.store, "run": order.run, **told})
        return {
            "store": order.store,
            "run": order.run,
            "part": order.part,
            "steps": order.steps + 1,
            **told,
        }

    def _step(self, order: Order, context: object) -> Step:
        office, shift = self.office(), Shift()
        shift.begin(office.now(), context)
        runs = office.runs(order.store)
        run, store = runs.latest(), office.store(order.store)
        if run is None or (run.id, run.part) != (order.run, order.part):
            return STOP
        if not run.is_over and (store is None or _has_left(store, run)):
            run = runs.change(run, state="CANCELLED", reason="uninstalled", ended_at=office.now())
        if store is None or run.state != "RUNNING":
            self._leave(office, store, run)
            return STOP
        if order.failed:
            runs.change(run, state="FAILED", reason=_why(order.failed), ended_at=office.now())
            return STOP
        if order.steps >= MOST_STEPS:
            office.control(order.store).go_on(run)
            return STOP
        waits = _waits_for(store)
        if waits != run.waiting:
            run = runs.change(run, waiting=waits, resumed_at=office.now())
        if waits:
            return Step("wait", PATIENCE)
        return self._work(office, office.desk(store, run, lambda: shift.is_late(office.now())))

    def _leave(self, office: Office, store: Store | None, run: Run) -> None:
        if store and self.leave:
            self.leave(office.desk(store, run, lambda: False))

    def _work(self, office: Office, desk: Desk) -> Step:
        try:
            return self.work(desk)
        except Unavailable as exc:
            return Step("wait", max(1, round(exc.retry_after or AGAIN)))
        except Rejected as exc:
            if _lapsed(office.store(desk.store.name)):
                return Step("wait", AGAIN)
            reason = str(exc)
            run = desk.runs.change(desk.run, state="FAILED", reason=reason, ended_at=desk.now())
            self._leave(office, desk.store, run)
            return FAIL
        except Exception as exc:
            if not is_passing(exc):
                raise
            return Step("wait", AGAIN)


def _has_left(store: Store, run: Run) -> bool:
    """Whether the install that the run belongs to is over."""
    return store.status == "uninstalled" or store.epoch != run.epoch


def _lapsed(store: Store | None) -> bool:
    """Whether the store's tokens ended meanwhile: the next task says what it waits for."""
    return store is not None and bool(_waits_for(store))


def _waits_for(store: Store) -> str:
    """Say why nothing may be read or sent at the moment; empty where it may."""
    if store.reauthorise_since:
        return "re-authorise"
    ended = held(store)
    return ended.reason if ended else ""


def _why(failed: object) -> str:
    """Name the kind of failure; its text stays where it is."""
    kind = failed.get("Error", "") if isinstance(failed, Mapping) else ""
    return f"a task failed to the end: {kind or 'unknown'}"
