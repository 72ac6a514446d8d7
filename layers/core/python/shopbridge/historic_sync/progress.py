"""How far a run is, stream by stream, in the words of its page and of the command line. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shopbridge.historic_sync.run import Run, Slice, Stream
from shopbridge.historic_sync.tail import LATE


class Progress(NamedTuple):
    """One stream of a run."""

    stream: Stream
    state: str
    """`planning`, `reading`, `sending`, `verifying`, `pending tail` or `done`."""
    total: int
    """Objects, as Shopify counts them."""
    read: int
    done: int
    """Objects whose commands all have an outcome."""
    gaps: int
    share: float
    """How much of the work is done, 0 to 1: reading is one half of it, arriving the other."""
    rate: float
    """Objects read in a second, on average since the run began; while it was held counts not."""
    seconds_left: int | None
    """Of reading; None where nobody can say."""
    tail_at: datetime | None = None
    """When its tail is read, where it has one that waits."""
    reach: datetime | None = None
    """What is older is kept from the app by Shopify; None: nothing is."""
    floor: datetime | None = None
    """What is older was not read; None: nothing is left."""


def progress(run: Run, slices: Iterable[Slice], now: datetime) -> list[Progress]:
    """Add up the slices of each stream; what the tail says of older objects counts no more."""
    every = [one for one in slices if one.number != LATE]
    seconds = max(1.0, run.worked_seconds(now))
    return [
        _of(run, stream, [one for one in every if one.stream == stream], seconds, now)
        for stream in run.streams
    ]


def _of(
    run: Run, stream: Stream, slices: Sequence[Slice], seconds: float, now: datetime
) -> Progress:
    tail = [one.not_before for one in slices if one.not_before and one.state == "reading"]
    total, read = sum(s.counted for s in slices), sum(s.read for s in slices)
    done, state = sum(s.ended for s in slices), _state(run, stream, slices, now)
    rate = read / seconds
    left = sum(max(0, s.counted - s.read) for s in slices if s.is_due(now))
    is_moving = run.state == "RUNNING" and not run.waiting and rate > 0
    return Progress(
        stream=stream,
        state=state,
        total=total,
        read=read,
        done=done,
        gaps=sum(s.gaps for s in slices),
        share=_share(total, read + done, state),
        rate=round(rate, 1),
        seconds_left=round(left / rate) if is_moving and left else (None if left else 0),
        tail_at=None if run.is_over else min(tail, default=None),
        reach=run.reach if stream == "orders" else None,
        floor=run.floor.get(stream),
    )


def _share(total: int, halves: int, state: str) -> float:
    if state == "done":
        return 1.0
    return min(1.0, round(halves / (2 * total), 3)) if total else 0.0


def _state(run: Run, stream: Stream, slices: Sequence[Slice], now: datetime) -> str:
    if stream not in run.planned:
        return "planning"
    states = {one.state for one in slices if one.is_due(now)}
    for state, word in (("reading", "reading"), ("read", "sending"), ("settled", "verifying")):
        if state in states:
            return word
    return "done" if all(one.is_due(now) for one in slices) else "pending tail"
