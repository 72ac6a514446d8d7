"""Ends a run: complete, or with gaps; or goes back to what was chosen meanwhile or had to wait."""

from collections.abc import Sequence
from math import ceil

from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.step import AGAIN, STOP, Desk, Step

LOOK_SECONDS = 3_600
"""Between two looks at a run whose tail waits: whether it was uninstalled meanwhile."""


def finish(desk: Desk) -> Step:
    """Say how the run ended; `again` where a stream was added while it ran, or its tail is due."""
    run = desk.run
    if set(run.streams) - set(run.planned):
        return AGAIN
    slices = desk.runs.slices(run)
    if tail := [one for one in slices if one.state == "reading"]:
        return _wait(desk, tail)
    gaps = sum(one.gaps for one in slices)
    desk.runs.change(
        run,
        state="COMPLETE_WITH_GAPS" if gaps else "COMPLETE",
        gaps=gaps,
        gaps_key=desk.manifests.sum_up(run, slices) if gaps else "",
        ended_at=desk.now(),
        waiting="",
    )
    return STOP


def _wait(desk: Desk, tail: Sequence[Slice]) -> Step:
    """Wait until the tail may be read, unless there is nothing in it."""
    empty = [one for one in tail if one.not_before and _is_empty(desk, one)]
    for one in empty:
        desk.runs.save(one, not_before=None)
    seconds = [(one.not_before - desk.now()).total_seconds() for one in tail if one.not_before]
    if empty or len(seconds) < len(tail) or min(seconds) <= 0:
        return AGAIN
    return Step("wait", min(LOOK_SECONDS, ceil(min(seconds))))


def _is_empty(desk: Desk, one: Slice) -> bool:
    """Whether nothing is in it, and nothing can come: all that is older was read."""
    if one.is_listed:
        return not desk.manifests.wanted(one.run, one.name)
    return not one.counted
