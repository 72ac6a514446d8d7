"""Waits until the commands of each slice have ended, or nothing moves any more."""

from datetime import timedelta

from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step

PATIENCE = timedelta(hours=1)
"""Without a new outcome for so long, a slice is verified as it is."""

SHORTEST, LONGEST = 2, 60
"""Seconds between two looks."""
PER_SECOND = 100
"""Commands that are expected to end in a second: how long is waited for the rest."""


def settle(desk: Desk) -> Step:
    """Look at each slice that was read, until the first that is not done."""
    for one in desk.runs.slices(desk.run):
        if one.state != "read":
            continue
        if desk.is_late():
            return MORE
        left = _left(desk, one)
        if left:
            return Step("wait", min(LONGEST, max(SHORTEST, left // PER_SECOND)))
    return DONE


def _left(desk: Desk, one: Slice) -> int:
    """Count the commands without outcome; none where there is no hope for more."""
    ended, now = len(desk.ledger.ends(one)), desk.now()
    known = [at for at in (one.moved_at, desk.run.resumed_at) if at]
    moved_at = now if ended != one.ended else max(known, default=now)
    is_over = ended >= one.read or now - moved_at >= PATIENCE
    if is_over or ended != one.ended:
        state = "settled" if is_over else "read"
        desk.runs.save(one, ended=ended, moved_at=moved_at, state=state)
    return 0 if is_over else one.read - ended
