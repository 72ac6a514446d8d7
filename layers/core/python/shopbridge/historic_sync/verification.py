"""Whether a slice is complete: what Shopify counts, what was read, what became of it. Pure."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from shopbridge import reasons
from shopbridge.historic_sync.numbering import UNREADABLE, Made, number
from shopbridge.historic_sync.run import Slice
from shopbridge.outcome import OPEN, OUTCOMES


class Gap(NamedTuple):
    """Something that did not arrive, and why; without id where only a number is off."""

    id: str
    reason: str


class End(NamedTuple):
    """How a command ended, or all commands of one object."""

    outcome: str
    reason: str


class Verdict(NamedTuple):
    """What is missing, and whether reading the slice once more may help."""

    gaps: tuple[Gap, ...]
    may_help: bool


NOTHING_TO_SEND = End("unchanged", "")
"""How an object ends that becomes no command."""
NOT_READABLE = End("failed", "not as Shopify describes it")

NEVER_READ = "Shopify lists it, but it was never read"
NO_OUTCOME = "its command has no outcome"


def ended(made: Made, ends: Mapping[int, End]) -> dict[str, End]:
    """Say how each object ended all of whose commands have: as the first that is amiss did."""
    found = {
        id_: [_end(ends, id_, place) for place in sorted(places)] for id_, places in made.items()
    }
    return {id_: _worst(filter(None, of)) for id_, of in found.items() if all(of)}


def _end(ends: Mapping[int, End], id_: str, place: int) -> End | None:
    return NOT_READABLE if place == UNREADABLE else ends.get(number(id_, place))


def needs_listing(one: Slice, counted: int, ids: Set[str]) -> bool:
    """
    Whether Shopify has to list what is in the slice now.

    Numbers alone prove something only where they have never differed: of one that was deleted
    after it was read, and one that was never read, they know nothing.
    """
    return bool(one.rereads) or not one.counted == counted == len(ids)


def judge(
    counted: int, ids: Set[str], ends: Mapping[str, End], listed: Set[str] | None = None
) -> Verdict:
    """
    Compare the four: Shopify's count, distinct ids read, their commands, and outcomes.

    `listed` is what Shopify has in the slice now, where the count is not what was read. What
    was read and is listed no more was deleted meanwhile; whatever its outcome, nothing is
    missing.
    """
    gone = ids - listed if listed is not None else frozenset[str]()
    never = sorted((listed or frozenset()) - ids)
    unanswered = sorted(i for i in ids - gone if not _has_ended(ends.get(i)))
    gaps = [Gap(one, NEVER_READ) for one in never]
    gaps += [Gap(one, NO_OUTCOME) for one in unanswered]
    if listed is not None and counted > len(listed):
        gaps.append(Gap("", f"Shopify counts {counted} and lists {len(listed)}"))
    may_help = bool(gaps)
    gaps += [
        Gap(one, f"{end.outcome}: {end.reason}")
        for one, end in sorted(ends.items())
        if _is_amiss(end) and one not in gone
    ]
    return Verdict(tuple(gaps), may_help)


def _worst(ends: Iterable[End]) -> End:
    return max(ends, key=_is_amiss, default=NOTHING_TO_SEND)


def _is_amiss(end: End) -> bool:
    """Whether something ended without having been dealt with."""
    return end.outcome in OPEN or end.reason in (reasons.BEFORE_INSTALL, reasons.STORE_UNKNOWN)


def _has_ended(end: End | None) -> bool:
    return end is not None and end.outcome in OUTCOMES
