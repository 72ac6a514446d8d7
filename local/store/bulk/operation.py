"""One bulk operation: it runs as fast as its store's clock says, and ends in one of four ways."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from local.store.bulk.batch import Batch, Denied
from local.store.faults import Fault

Status = Literal["CREATED", "RUNNING", "CANCELING", "COMPLETED", "FAILED", "CANCELED", "EXPIRED"]

UNDER_WAY: Final[tuple[Status, ...]] = ("CREATED", "RUNNING", "CANCELING")
KEPT: Final = timedelta(days=7)
"""How long a result is served; set by Shopify."""
MOST_AT_ONCE: Final = 5_000
"""Objects that one look at an operation executes at the most: it must not take long."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long operations take: to begin with, and objects a second from then on."""

    seconds: float = 2.0
    objects: float = 5_000.0


@dataclass
class Operation:
    """What is asked for, how far it is, and what went wrong with it."""

    id: str
    query: str
    began: datetime
    batches: Iterator[Batch]
    speed: Speed
    fault: Fault | None = None
    status: Status = "CREATED"
    error: str | None = None
    ended: datetime | None = None
    objects: int = 0
    roots: int = 0
    data: bytearray = field(default_factory=bytearray)
    refused: int = 0
    """Requests for its result that were answered as too late."""

    @property
    def does(self) -> str:
        """What goes wrong with it; empty where nothing does."""
        return self.fault.do if self.fault else ""

    def look(self, now: datetime) -> bool:
        """Let it go on until `now`; True where it has ended by that."""
        if self.status == "COMPLETED" and self.ended and now - self.ended >= KEPT:
            self.status = "EXPIRED"
        if self.status not in UNDER_WAY:
            return False
        if self.status == "CANCELING":
            return self._end("CANCELED", now)
        self.status = "RUNNING"
        due = ((now - self.began).total_seconds() - self.speed.seconds) * self.speed.objects
        if due < 0 or self.does == "bulk_stuck":
            return False
        return self._go_on(min(due, self.objects + MOST_AT_ONCE), now)

    def cancel(self, now: datetime) -> bool:
        """Begin to cancel it; False where it is over."""
        self.look(now)
        if self.status not in UNDER_WAY:
            return False
        self.status = "CANCELING"
        return True

    def told(self, address: Callable[[str], str]) -> dict[str, Any]:
        """Show it as the Admin API does; `address` signs where its result is."""
        url = address(self.id) if self.data else None
        return {
            "__typename": "BulkOperation",
            "id": self.id,
            "status": self.status,
            "type": "QUERY",
            "query": self.query,
            "errorCode": self.error,
            "createdAt": _stamp(self.began),
            "completedAt": _stamp(self.ended) if self.ended else None,
            "objectCount": str(self.objects),
            "rootObjectCount": str(self.roots),
            "fileSize": str(len(self.data)) if url and self.ended else None,
            "url": url if self.status == "COMPLETED" else None,
            "partialDataUrl": url if self.status in ("FAILED", "CANCELED") else None,
        }

    def _go_on(self, until: float, now: datetime) -> bool:
        try:
            while self.objects <= until:
                self._take(next(self.batches))
                if self.does == "bulk_partial":
                    return self._fail(now)
        except StopIteration:
            return self._fail(now) if self.does == "bulk_fail" else self._complete(now)
        except Denied:
            self.error = "ACCESS_DENIED"
            return self._end("FAILED", now)
        return False

    def _take(self, batch: Batch) -> None:
        self.data += batch.lines
        self.objects += batch.objects
        self.roots += batch.roots

    def _fail(self, now: datetime) -> bool:
        """End by a planned fault: with what there is by now, or with nothing."""
        assert self.fault is not None
        self.error = self.fault.code
        if self.does == "bulk_fail":
            self.data.clear()
        return self._end("FAILED", now)

    def _complete(self, now: datetime) -> bool:
        if self.does == "bulk_cut" and self.data:
            last = self.data.rfind(b"\n", 0, len(self.data) - 1) + 1
            del self.data[last + (len(self.data) - last) // 2 :]
        if self.does == "bulk_short" and self.data:
            del self.data[self.data.rfind(b"\n", 0, len(self.data) - 1) + 1 :]
        return self._end("COMPLETED", now)

    def _end(self, status: Status, now: datetime) -> bool:
        self.status, self.ended = status, now
        return True


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
