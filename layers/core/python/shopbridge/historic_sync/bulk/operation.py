"""A bulk operation of a run, as its row holds it."""

from datetime import datetime
from typing import Literal

import msgspec

from shopbridge.historic_sync.run import Slice, Stream
from shopbridge.historic_sync.slicing import Window

State = Literal["planned", "asked", "running", "fetching", "reading", "done", "given up"]
OVER: tuple[State, ...] = ("done", "given up")
AT_SHOPIFY: tuple[State, ...] = ("asked", "running")


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One export: the slices `first` to `last` of a stream."""

    run: str
    stream: Stream
    number: int
    first: int
    last: int
    state: State = "planned"
    id: str = ""
    """Shopify's, while it is about one of its operations."""
    tries: int = 0
    """How many ended without a whole result."""
    reason: str = ""
    """Why the last of these did."""
    asked_at: datetime | None = None
    """The version of what it brings: nothing was read before."""
    moved_at: datetime | None = None
    """When Shopify last counted more objects."""
    sleeps: bool = False
    """The run waits for it, and may be woken by its end."""
    objects: int = 0
    roots: int = 0
    """Both as Shopify counts them."""
    size: int = 0
    """Bytes of the result."""
    refused: int = 0
    """How often its address was not served."""
    upload: str = ""
    """Id of the multipart upload."""
    pieces: tuple[str, ...] = ()
    """ETags of what is uploaded."""
    offset: int = 0
    """Bytes of the result that are read."""
    lines: int = 0
    read: int = 0
    """Lines, and objects of the first list, that were read."""
    version: int = 0
    """Grows with every write."""

    @property
    def key(self) -> str:
        """Sort key of its row; apart from those of slices."""
        return f"{self.run}!{self.name}"

    @property
    def name(self) -> str:
        """For example `customers-bulk-001`."""
        return f"{self.stream}-bulk-{self.number:03}"

    def again(self, **changes: object) -> "Operation":
        """Return it as if Shopify had never been asked."""
        kept = {"tries": self.tries, "reason": self.reason, "version": self.version, **changes}
        return Operation(
            run=self.run,
            stream=self.stream,
            number=self.number,
            first=self.first,
            last=self.last,
            **kept,  # type: ignore[arg-type]  # fields by name
        )

    def covers(self, one: Slice) -> bool:
        """Whether it brings what belongs to a slice."""
        return one.stream == self.stream and self.first <= one.number <= self.last

    def window(self, slices: list[Slice]) -> Window:
        """Return all that it covers; the slice with the lowest number is the newest."""
        own = sorted((one for one in slices if self.covers(one)), key=lambda one: one.number)
        return Window(own[-1].since, own[0].until)


def spread(slices: list[Slice], most: int) -> list[Operation]:
    """Share the slices of one stream among as few operations as are alike, `most` of them."""
    if not slices:
        return []
    total = sum(one.counted for one in slices)
    shares: list[list[Slice]] = [[]]
    reached = 0
    for one in slices:
        if shares[-1] and len(shares) < most and reached >= total * len(shares) / most:
            shares.append([])
        shares[-1].append(one)
        reached += one.counted
    return [
        Operation(
            run=share[0].run,
            stream=share[0].stream,
            number=number,
            first=share[0].number,
            last=share[-1].number,
        )
        for number, share in enumerate(shares, 1)
    ]
