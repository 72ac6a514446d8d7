"""
What one contact's row adds to the counts of its store's e-mail consent. Pure.

A total for each state, and for each day what moved on it: the day on which the customer
said so, also where we learn of it later. That somebody was never asked has no date, and
neither has an erasure; these count on the day of the write.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shopbridge.consents.merge import Said, parse
from shopbridge.tallies import Change

TOTAL: Final = "now"
"""The row of the totals; it sorts behind every day."""

KEEP: Final = timedelta(days=60)
"""How long a day's row is kept; older days are not counted by day at all."""

_DAY: Final = len("2026-11-25")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A row of counts: the total of a store, or one of its days."""

    store: str
    row: str

    @property
    def expires(self) -> int | None:
        """Moment, in seconds since 1970, after which it may go; the total stays."""
        if self.row == TOTAL:
            return None
        day = datetime.strptime(self.row, "%Y-%m-%d").replace(tzinfo=UTC)
        return int((day + KEEP).timestamp())


def counts(one: Change, now: datetime) -> dict[Place, Counter[str]]:
    """Count what a row became and take back what it was; an erased row only takes back."""
    before, after = _said(one.old), _said(one.new)
    moved = Counter[str]()
    if before:
        moved[before.state] -= 1
    if after:
        moved[after.state] += 1
    moved = Counter({state: number for state, number in moved.items() if number})
    row = one.new or one.old
    if not moved or row is None:
        return {}
    store = str(row["store_shard"]).rpartition("#")[0]
    day = (after.at if after else "")[:_DAY] or f"{one.at or now:%Y-%m-%d}"
    is_recent = day > f"{now - KEEP:%Y-%m-%d}"
    places = [Place(store, TOTAL), *([Place(store, day)] if is_recent else [])]
    return dict.fromkeys(places, moved)


def _said(row: Mapping[str, Any] | None) -> Said | None:
    text = (row or {}).get("email_wanted")
    return parse(str(text)) if text else None
