"""AWS as far as reading needs it: rows and lists in memory, each call counted and timed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any

import msgspec

from benchmarks.history.clock import Clock
from benchmarks.history.store import Store
from benchmarks.price.bill import prices
from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.historic_sync.bulk.results import BLOCK, Results
from shopbridge.historic_sync.lane import Lanes, batches
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.numbering import Made
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run, Slice

UNIT = 65_536
"""Bytes that SQS bills as one request."""
OWN_MICROS = 40
"""CPU time of our own for each object, on a third of a core as 512 MB have it."""


class Used:
    """Counts calls by what AWS bills, and lets the time pass that they take."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.calls: Counter[str] = Counter()
        self._ms = prices().assumed["ms per call"]

    def call(self, unit: str, service: str, amount: float = 1) -> None:
        """Note one call."""
        self.calls[unit] += amount  # type: ignore[assignment]  # read units come in halves
        self.clock.work(self._ms[service] / 1000)


class MemoryRuns(Runs):
    """Rows of one run, in memory."""

    def __init__(self, used: Used, run: Run) -> None:
        self._used = used
        self.run = run
        self._rows: dict[str, Any] = {}

    def latest(self) -> Run:
        """Return the run."""
        self._used.call("dynamodb read unit", "dynamodb")
        return self.run

    def change(self, run: Run, **changes: Any) -> Run:
        """Write the run."""
        self._used.call("dynamodb write unit", "dynamodb")
        self.run = msgspec.structs.replace(run, **changes)
        return self.run

    def slices(self, run: Run) -> list[Slice]:
        """Return all slices, as one query does."""
        return self._kind(Slice)

    def operations(self, run: Run) -> list[Operation]:
        """Return all bulk operations, as one query does."""
        return self._kind(Operation)

    def add(self, parts: Iterable[Any]) -> None:
        """Write new rows."""
        for one in parts:
            self._used.call("dynamodb write unit", "dynamodb")
            self._rows[one.key] = one

    def save(self, one: Any, **changes: Any) -> Any:
        """Write a row."""
        self._used.call("dynamodb write unit", "dynamodb")
        after = self._rows[one.key] = msgspec.structs.replace(one, **changes)
        return after

    def _kind(self, kind: type[Any]) -> list[Any]:
        found = [one for _, one in sorted(self._rows.items()) if isinstance(one, kind)]
        self._used.call("dynamodb read unit", "dynamodb", max(1, ceil(len(found) * 0.3 / 4)))
        return found


class MemoryManifests(Manifests):
    """Lists of ids, in memory."""

    def __init__(self, used: Used) -> None:
        object.__setattr__(self, "used", used)
        object.__setattr__(self, "lists", {})

    used: Used
    lists: dict[str, Made]

    def made(self, one: Slice) -> Made:
        """Return what a slice has read."""
        self.used.call("s3 read", "s3")
        return self.lists.get(one.name, {})

    def note(self, one: Slice, made: Made) -> None:
        """Write what a slice has read."""
        self.used.call("s3 write", "s3")
        self.lists[one.name] = made

    def want(self, run: str, name: str, ids: Iterable[str]) -> None:
        """Expect nothing: customers have no tail."""
        assert not list(ids)


class CountedLedger(SliceLedger):
    """The ledger, as far as reading writes it."""

    def __init__(self, used: Used) -> None:
        object.__setattr__(self, "used", used)

    used: Used

    def made(self, one: Slice, kind: str, number: int, now: Any) -> None:
        """Count one write."""
        self.used.call("dynamodb write unit", "dynamodb")


class CountedLanes(Lanes):
    """The history lanes: messages are cut as they are sent, and go nowhere."""

    def __init__(self, used: Used) -> None:
        object.__setattr__(self, "used", used)
        object.__setattr__(self, "messages", Counter())

    used: Used
    messages: Counter[str]

    def send(self, lane: str, texts: Iterable[str]) -> None:
        """Count the calls, and the units that each is billed as."""
        for batch in batches(texts):
            self.messages["texts"] += len(batch)
            units = ceil(sum(map(len, batch)) / UNIT)
            self.used.call("sqs request", "sqs", units)
            self.used.clock.work(OWN_MICROS * 25 * len(batch) / 1e6)


class ExportedResults(Results):
    """Results as they lie in S3: what the store would write there."""

    def __init__(self, used: Used, store: Store) -> None:
        object.__setattr__(self, "used", used)
        object.__setattr__(self, "shop", store)
        object.__setattr__(self, "piece", 8 * BLOCK)

    used: Used
    shop: Store

    def begin(self, one: Operation) -> str:
        """Begin an upload."""
        self.used.call("s3 write", "s3")
        return "upload"

    def put(self, one: Operation, piece: bytes) -> str:
        """Upload a piece: 8 MB take about as long as five small calls."""
        self.used.call("s3 write", "s3")
        self.used.clock.work(0.1)
        return "etag"

    def end(self, one: Operation) -> None:
        """End an upload."""
        self.used.call("s3 write", "s3")

    def blocks(self, one: Operation) -> Iterator[bytes]:
        """Read what is left, a block at a time."""
        for start in range(one.offset, one.size, BLOCK):
            self.used.call("s3 read", "s3")
            yield self.shop.exports[int(one.id)].block(start, min(BLOCK, one.size - start))

    def delete(self, one: Operation) -> None:
        """Delete a result, which costs nothing."""
