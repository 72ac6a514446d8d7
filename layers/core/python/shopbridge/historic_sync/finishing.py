"""Ends a run: complete, or with gaps; or goes back to what was chosen meanwhile or had to wait."""

from math import ceil

from shopbridge.historic_sync.step import AGAIN, STOP, Desk, Step

LOOK_SECONDS = 300
"""While the tail waits: how soon a stream that is chosen meanwhile begins."""


def finish(desk: Desk) -> Step:
    """Say how the run ended; `again` where a stream was added while it ran, or its tail is due."""
    run = desk.run
    if set(run.streams) - set(run.planned):
        return AGAIN
    slices = desk.runs.slices(run)
    due = [one.not_before for one in slices if one.state == "reading" and one.not_before]
    if due:
        seconds = ceil((min(due) - desk.now()).total_seconds())
        return Step("wait", min(LOOK_SECONDS, seconds)) if seconds > 0 else AGAIN
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
