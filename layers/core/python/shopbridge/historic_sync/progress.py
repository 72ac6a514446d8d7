"""How far a run is, stream by stream, in the words of its page and of the command line. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shopbridge.historic_sync.run import Run, Slice, Stream


class Progress(NamedTuple):
    """One stream of a run."""

    stream: Stream
    state: str
    """`planning`, `reading`, `sending`, `verifying` or `done`."""
    total: int
    """Objects, as Shopify counts them."""
    read: int
    done: int
    """Objects whose command has an outcome."""
    gaps: int
    rate: float
    """Objects read in a second, on average since the run began."""
    seconds_left: int | None
    """Of reading; None where nobody can say."""


def progress(run: Run, slices: Iterable[Slice], now: datetime) -> list[Progress]:
    """Add up the slices of each stream."""
    every = list(slices)
    seconds = max(1.0, ((run.ended_at or now) - run.started_at).total_seconds())
    return [
        _of(run, stream, [one for one in every if one.stream == stream], seconds)
        for stream in run.streams
    ]


def _of(run: Run, stream: Stream, slices: Sequence[Slice], seconds: float) -> Progress:
    total, read = sum(s.counted for s in slices), sum(s.read for s in slices)
    rate = read / seconds
    left = max(0, total - read)
    is_moving = run.state == "RUNNING" and not run.waiting and rate > 0
    return Progress(
        stream=stream,
        state=_state(run, stream, slices),
        total=total,
        read=read,
        done=sum(s.ended for s in slices),
        gaps=sum(s.gaps for s in slices),
        rate=round(rate, 1),
        seconds_left=round(left / rate) if is_moving and left else (None if left else 0),
    )


def _state(run: Run, stream: Stream, slices: Sequence[Slice]) -> str:
    if stream not in run.planned:
        return "planning"
    states = {one.state for one in slices}
    for state, word in (("reading", "reading"), ("read", "sending"), ("settled", "verifying")):
        if state in states:
            return word
    return "done"
