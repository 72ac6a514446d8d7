"""Lets the tasks of the historic sync plan and read a store, as the state machine does."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks import scene
from benchmarks.history.clock import BEGAN, Clock
from benchmarks.history.cloud import (
    CountedLanes,
    CountedLedger,
    ExportedResults,
    MemoryManifests,
    MemoryRuns,
    Used,
)
from benchmarks.history.store import Store
from shopbridge.errors import Unavailable
from shopbridge.historic_sync.asking import Asking
from shopbridge.historic_sync.planning import plan
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.reading import read
from shopbridge.historic_sync.run import Reader, Run
from shopbridge.historic_sync.step import Desk, Step
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.shopify.bulk import BulkOperations
from shopbridge.stores.store import never_installed

INSTALLED = replace(never_installed(scene.SHOP, BEGAN), status="enabled", epoch=1)

TASK_SECONDS = 200
"""After which a task begins with nothing more: two thirds of its 300."""
STARTED_SECONDS = 0.1
"""Of one more task: Step Functions and a warm Lambda."""
FETCH_SECONDS = 0.25
"""Of 8 MB from Google's storage."""


@dataclass(frozen=True)
class Told:
    """What it took until the last customer was in the lane."""

    seconds: float
    busy: float
    """Seconds in which a function was at work."""
    asked: int
    points: float
    transitions: int
    tasks: int
    messages: int
    calls: dict[str, float]


def run(customers: int, reader: Reader, rule: str, plan_of_store: str = "advanced") -> Told:
    """Plan and read all customers of a store by `reader`, on a clock of its own."""
    clock = Clock()
    store = Store(clock, customers, rule, plan_of_store)
    used = Used(clock)
    begun = Run(
        store=scene.SHOP,
        id="history-1",
        epoch=1,
        started_at=BEGAN,
        until=BEGAN,
        streams=("customers",),
        reader=reader,
    )
    runs, lanes, manifests = MemoryRuns(used, begun), CountedLanes(used), MemoryManifests(used)
    transitions = tasks = 0
    works: list[Callable[[Desk], Step]] = [plan, read]
    while works:
        ends = clock.seconds + TASK_SECONDS
        clock.work(STARTED_SECONDS)
        tasks += 1
        desk = Desk(
            store=INSTALLED,
            run=runs.latest(),
            runs=runs,
            reader=lambda stream: StreamReader(Asking(store, clock.work), SOURCES[stream]),
            bulk=lambda: BulkOperations(store),
            results=ExportedResults(used, store),
            fetch=lambda url, start, size: _fetched(clock, store, url, size),
            listed=lambda stream, ids: _no_list(),
            manifests=manifests,
            ledger=CountedLedger(used),
            lanes=lanes,
            now=clock.now,
            is_late=lambda ends=ends: clock.seconds > ends,  # type: ignore[misc]  # the default binds
        )
        step = _step(works[0], desk)
        transitions += 3 if step.next == "wait" else 2
        clock.wait(step.seconds)
        if step.next == "done":
            works.pop(0)
    return Told(
        seconds=clock.seconds,
        busy=clock.busy,
        asked=store.asked,
        points=store.points,
        transitions=transitions,
        tasks=tasks,
        messages=lanes.messages["texts"],
        calls=dict(used.calls),
    )


def _step(work: Callable[[Desk], Step], desk: Desk) -> Step:
    try:
        return work(desk)
    except Unavailable as exc:
        return Step("wait", round(exc.retry_after or 15))


def _fetched(clock: Clock, store: Store, url: str, size: int) -> bytes:
    del store, url
    clock.work(FETCH_SECONDS)
    return bytes(size)


def _no_list() -> StreamReader:
    raise AssertionError("customers have no list")
