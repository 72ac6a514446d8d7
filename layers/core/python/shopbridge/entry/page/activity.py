"""Activity: what became of an order, and what waits for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shopbridge.entry.page.shown import Visit, shown
from shopbridge.page.words import ADVICE


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list of what waits, filled in by the page's script from the settings API."""

    key: str
    heading: str
    about: str
    empty: str
    query: str


LISTS: Final = (
    Waiting(
        key="parked",
        heading="Parked",
        about="Kept, not sent: each says what it waits for. What is not sent within 14 days is "
        "deleted.",
        empty="Nothing is parked: everything that came was sent.",
        query="",
    ),
    Waiting(
        key="unblock-needed",
        heading="Unblock needed",
        about="People who subscribed again after they had unsubscribed. Netcore has no call that "
        "lifts a blocking, so somebody has to lift it there.",
        empty="Nobody needs to be unblocked.",
        query="reason=unblock+needed",
    ),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """What the page shows at first."""

    lists: Sequence[Waiting]
    advice: Mapping[str, str]


def activity(visit: Visit) -> str:
    """Show the search, and the lists of what waits."""
    return shown(visit, "activity", Activity(LISTS, ADVICE))
