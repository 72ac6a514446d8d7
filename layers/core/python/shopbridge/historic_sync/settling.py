"""Waits until the commands of each slice have ended, or nothing moves any more."""

from datetime import timedelta

from shopbridge.historic_sync.run import Slice, Stream
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.verification import ended

PATIENCE = timedelta(hours=4)
"""
Without a new outcome for so long, a slice is verified as it is.

A queue keeps its messages for days, and Netcore may be down for hours: whoever reads again
too soon sends twice what would have arrived anyway.
"""

SHORTEST, LONGEST = 2, 300
"""Seconds between two looks."""
PER_SECOND = 100
"""Objects that are expected to end in a second: how long is waited for the rest."""


def settle(desk: Desk) -> Step:
    """Look at the slices of each stream, until the first that is not done: all of them show."""
    waits: dict[Stream, int] = {}
    for one in desk.runs.slices(desk.run):
        if one.state != "read" or one.stream in waits:
            continue
        if desk.is_late():
            return MORE
        if seconds := _seconds_to_wait(desk, one):
            waits[one.stream] = seconds
    return Step("wait", min(waits.values())) if waits else DONE


def _seconds_to_wait(desk: Desk, one: Slice) -> int:
    """
    Note how far a slice is; 0 where all has ended, or there is no hope for more.

    The longer nothing moves, the longer until the next look.
    """
    done, now = len(ended(desk.manifests.made(one), desk.ledger.ends(one))), desk.now()
    known = [at for at in (one.moved_at, desk.run.resumed_at) if at]
    moved_at = now if done != one.ended else max(known, default=now)
    is_over = done >= one.read or now - moved_at >= PATIENCE
    if is_over or done != one.ended:
        state = "settled" if is_over else "read"
        desk.runs.save(one, ended=done, moved_at=moved_at, state=state)
    if is_over:
        return 0
    idle = (now - moved_at).total_seconds() / 4
    return min(LONGEST, max(SHORTEST, round(idle), (one.read - done) // PER_SECOND))
