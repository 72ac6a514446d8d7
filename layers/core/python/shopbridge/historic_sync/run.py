"""A run of the historic sync and its slices, as their rows hold them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeVar

import msgspec

Past = Literal["customers", "orders", "products"]
Stream = Literal[Past, "checkouts"]
"""What is read of a store; `checkouts` by reconciliation alone."""
STREAMS: tuple[Past, ...] = ("customers", "orders", "products")
"""Those of the historic sync, in the order in which they are read."""

RunState = Literal["RUNNING", "PAUSED", "CANCELLED", "COMPLETE", "COMPLETE_WITH_GAPS", "FAILED"]
OVER: tuple[RunState, ...] = ("CANCELLED", "COMPLETE", "COMPLETE_WITH_GAPS", "FAILED")

Reader = Literal["pages", "bulk"]
"""What reads a slice; one mapping serves both."""

ReaderWanted = Literal["auto", "pages", "bulk"]
"""`auto` chooses for each stream, by its size."""

SliceState = Literal["reading", "read", "settled", "verified"]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One historic sync of one install of a store."""

    store: str
    id: str
    """For example `history-20261123T120000Z`: begins partitions of the ledger and S3 keys."""
    epoch: int
    started_at: datetime
    until: datetime
    """Everything created before belongs to the run; what came later is the webhooks'."""
    streams: tuple[Stream, ...]
    before: tuple[Stream, ...] = ()
    """Streams that earlier runs of this install had."""
    planned: tuple[Stream, ...] = ()
    """Streams that have their slices."""
    reader: ReaderWanted = "auto"
    since: datetime | None = None
    """How far back it goes, where somebody asked for less than everything."""
    floor: dict[Stream, datetime] = {}
    """Streams of which what is older was read by no run of this install."""
    tops: dict[Stream, datetime] = {}
    """Of an extension: where its windows end, since what is newer was read before."""
    retries: str = ""
    """S3 key of the gaps that it goes for, and nothing else; empty for a run of windows."""
    reach: datetime | None = None
    """Orders before this are kept from the app (`read_all_orders`); None: it sees all of them."""
    part: int = 1
    """Number of the execution that works on it; an older one stops."""
    state: RunState = "RUNNING"
    waiting: str = ""
    """Why nothing goes on at the moment, empty where it does."""
    resumed_at: datetime | None = None
    """When it last went on after it had waited."""
    paused_at: datetime | None = None
    """Since when somebody holds it; None where nobody does."""
    paused_seconds: int = 0
    """How long it was held before that, in all."""
    reason: str = ""
    """Why it failed or was cancelled."""
    ended_at: datetime | None = None
    gaps: int = 0
    gaps_key: str = ""
    """S3 key of the ids that are missing, with reasons."""
    version: int = 0
    """Grows with every write."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done for it."""
        return self.state in OVER

    def worked_seconds(self, now: datetime) -> float:
        """How long it has run, without what it was held for."""
        until = self.ended_at or now
        held = float(self.paused_seconds)
        if self.paused_at:
            held += (until - self.paused_at).total_seconds()
        return (until - self.started_at).total_seconds() - held

    @property
    def execution(self) -> str:
        """Name of the execution of its current part: the same however often it is started."""
        handle = self.store.partition(".")[0][:40]
        return f"{handle}-{self.epoch}-{self.id.removeprefix('history-')}-{self.part}"


S = TypeVar("S", bound=Stream)


def in_order(streams: Iterable[S]) -> tuple[S, ...]:
    """Return `streams`, each once, in the order in which they are read."""
    return tuple(sorted(set(streams), key=STREAMS.index))


def slice_name(stream: Stream, number: int) -> str:
    """For example `customers-003`; new slices come first."""
    return f"{stream}-{number:03}"


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """What of one stream was created within a window, or what a list of ids names."""

    run: str
    stream: Stream
    number: int
    since: datetime | None = None
    """None: from the beginning."""
    until: datetime
    is_listed: bool = False
    """Whether it is what a list of ids names, whenever that was created."""
    not_before: datetime | None = None
    """When it may be read: the run's tail has to wait."""
    received_at: datetime
    """The hour of this files what was made and what became of it."""
    counted: int
    """How many there are, as Shopify counts them; again when it is verified."""
    reader: Reader = "pages"
    state: SliceState = "reading"
    cursor: str | None = None
    read: int = 0
    """Distinct ids so far; each has its commands."""
    ended: int = 0
    """Objects whose commands all have an outcome."""
    moved_at: datetime | None = None
    """When an outcome was last added."""
    rereads: int = 0
    gaps: int = 0
    version: int = 0
    """Grows with every write: of two who read the same page one checkpoints."""

    def is_due(self, now: datetime) -> bool:
        """Whether it may be read by now."""
        return self.not_before is None or now >= self.not_before

    @property
    def key(self) -> str:
        """Sort key of its row."""
        return f"{self.run}#{self.name}"

    @property
    def name(self) -> str:
        """See `slice_name`."""
        return slice_name(self.stream, self.number)

    @property
    def event(self) -> str:
        """Stands for the event id of a delivery in the ledger."""
        return f"{self.run}.{self.name}"

    @property
    def topic(self) -> str:
        """Stands for the topic of a delivery in the ledger: `history/customers`."""
        return f"{self.via}/{self.stream}"

    @property
    def via(self) -> Literal["history", "reconciliation"]:
        """How we came by it: a repair's run has slices as well."""
        return "reconciliation" if self.run.startswith("reconciliation") else "history"
