"""What a task says is to be done next; the state machine does nothing but follow it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shopbridge.historic_sync.bulk.results import Results
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.reader import Reads, StreamReader
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run, Slice, Stream
from shopbridge.historic_sync.slicing import MOST
from shopbridge.shopify.bulk import BulkOperations
from shopbridge.shopify.download import Fetch
from shopbridge.stores.store import Store

Next = Literal["more", "wait", "done", "again", "stop", "fail"]


@dataclass(frozen=True, slots=True)
class Step:
    """
    What is next, and for `wait`, after how many seconds the same task.

    `more` is this task at once, `again` back to reading (to planning, from the last one).
    """

    next: Next
    seconds: int = 0


MORE = Step("more")
DONE = Step("done")
AGAIN = Step("again")
STOP = Step("stop")
FAIL = Step("fail")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done at once."""

    in_slice: int = MOST
    """Objects of a slice, at the most."""
    bulk_from: int = 50_000
    """
    Objects from which on a stream is read by bulk operations.

    Each of those takes minutes, however little it brings; pages read so many in three or four.
    """
    in_part: int = 2_000
    """Objects of a bulk result between two checkpoints."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a task may use of one store and run."""

    store: Store
    run: Run
    runs: Runs
    reader: Callable[[Stream], StreamReader]
    bulk: Callable[[], BulkOperations]
    results: Results
    fetch: Fetch
    listed: Callable[[Stream, Sequence[str]], Reads]
    """Reads what ids name."""
    manifests: Manifests
    ledger: SliceLedger
    lanes: Lanes
    now: Callable[[], datetime]
    is_late: Callable[[], bool]
    """Whether too little time is left to begin with something else."""
    sizes: Sizes = Sizes()

    def reader_of(self, one: Slice) -> Reads:
        """Return what reads a slice: its window, or the ids on its list."""
        if one.is_listed:
            return self.listed(one.stream, self.manifests.wanted(one.run, one.name))
        return self.reader(one.stream)
