"""Historic sync: how far it is, and what may be done with it."""

from dataclasses import dataclass
from typing import Final

from shopbridge.entry.api.sync import StreamProgress, Sync, seen
from shopbridge.entry.page.shown import Visit, shown
from shopbridge.page.words import ADVICE

BLANK: Final = StreamProgress(
    stream="customers",
    state="planning",
    total=0,
    read=0,
    done=0,
    gaps=0,
    share=0,
    rate=0,
    seconds_left=None,
    tail_at=None,
    reach=None,
    floor=None,
)
"""What the script's own copy of a stream begins with."""


@dataclass(frozen=True, slots=True)
class HistoricSync:
    """What the page shows."""

    sync: Sync
    has_floor: bool
    """Whether something older is left to read."""


def historic_sync(visit: Visit) -> str:
    """Show the run that is going on or was the last; the page's script goes on from there."""
    told = seen(visit.sight)
    view = HistoricSync(told, has_floor=any(one.floor for one in told.streams))
    return shown(visit, "historic_sync", view, blank=BLANK, advice=ADVICE)
