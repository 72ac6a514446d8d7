"""Ends a run: complete, complete with gaps, or back to planning for streams chosen meanwhile."""

from shopbridge.historic_sync.step import AGAIN, STOP, Desk, Step


def finish(desk: Desk) -> Step:
    """Say how the run ended; `again` where a stream was added while it ran."""
    run = desk.run
    if set(run.streams) - set(run.planned):
        return AGAIN
    slices = desk.runs.slices(run)
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
