"""What was found of each object that changed, and what the finds have in common. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import msgspec

from shopbridge.commands import Command
from shopbridge.historic_sync.run import Stream

State = Literal[
    "same",
    "missing",
    "stale",
    "consent",
    "extra",
    "unrecoverable",
    "parked",
    "disabled",
    "unidentified",
    "erased",
]
"""
`same` is as it should be; `missing` never reached Netcore, `stale` did in an older state,
`consent` differs, `extra` is gone in Shopify; `unrecoverable` happened, but Shopify no longer
shows it. `parked` waits for somebody, and the last three stay unsent for good.
"""

WRONG: Final[tuple[State, ...]] = ("missing", "stale", "consent", "extra")
"""What a repair mends."""
FINDINGS: Final[tuple[State, ...]] = (*WRONG, "unrecoverable")


UNSHOWN: Final = "only its webhook told it"
"""Shopify shows that something was, not what."""


class Seen(NamedTuple):
    """One object, as it was compared."""

    id: str
    state: State
    at: datetime
    """Shopify's `updatedAt`: when it changed last."""
    repair: Mapping[int, Command] = MappingProxyType({})
    """Commands that bring it up to date, each at a place of its own, as history numbers them."""
    is_new: bool = False
    """Created within the window."""
    why: str = ""
    """Why it is unrecoverable; empty where only a webhook told it."""


class Span(NamedTuple):
    """From `since` until just before `until`."""

    since: datetime
    until: datetime


class Compared(NamedTuple):
    """What was found, and how far the span was read."""

    stream: Stream
    span: Span
    """As far as it was read."""
    seen: Sequence[Seen]
    is_whole: bool


class Gap(msgspec.Struct, frozen=True):
    """The span in which everything lies that did not arrive."""

    since: datetime
    until: datetime
    changed: int
    """Objects that changed in it."""
    wrong: int
    """Of these, what did not arrive."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all arrived in it: an outage."""
        return self.changed == self.wrong


def gap(seen: Iterable[Seen]) -> Gap | None:
    """Find the span of what is wrong; None where nothing is. When something went is not known."""
    every = list(seen)
    times = [one.at for one in every if one.state in FINDINGS and one.state != "extra"]
    if not times:
        return None
    since, until = min(times), max(times)
    within = [one for one in every if since <= one.at <= until]
    return Gap(since, until, len(within), sum(1 for one in within if one.state in FINDINGS))


def ids(seen: Iterable[Seen], state: State) -> tuple[str, ...]:
    """List the ids of what is in one state."""
    return tuple(one.id for one in seen if one.state == state)


def whys(seen: Iterable[Seen]) -> dict[str, int]:
    """Count what is unrecoverable by its reason."""
    return dict(Counter(one.why or UNSHOWN for one in seen if one.state == "unrecoverable"))


def within(seen: Sequence[Seen], cap: int) -> tuple[Sequence[Seen], Sequence[Seen]]:
    """Part what is to be mended into what `cap` commands allow, oldest first, and the rest."""
    wrong = sorted((one for one in seen if one.state in WRONG), key=lambda one: one.at)
    room = cap
    for number, one in enumerate(wrong):
        room -= len(one.repair)
        if room < 0:
            return wrong[:number], wrong[number:]
    return wrong, ()
