"""How long the running invocation of a worker still has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(seconds=60)
"""Assumed where nobody says how long the function may run."""

GRACE = timedelta(seconds=5)
"""What a claim outlives its worker by: clocks differ."""


@dataclass(slots=True)
class Shift:
    """One for each warm function; begins anew with every batch."""

    ends_at: datetime | None = None
    last_start: datetime | None = None

    def begin(self, now: datetime, context: object) -> None:
        """Start the clock; `context` is Lambda's, which knows when the function is killed."""
        left = getattr(context, "get_remaining_time_in_millis", None)
        length = timedelta(milliseconds=left()) if left else LONGEST
        self.ends_at = now + length
        self.last_start = now + length * 2 / 3

    def is_late(self, now: datetime) -> bool:
        """Whether too little is left to begin with another store: the last third is for ending."""
        return self.last_start is not None and now > self.last_start

    def lease(self, now: datetime) -> datetime:
        """Until when what is claimed now stays claimed: a little longer than we live."""
        return (self.ends_at or now + LONGEST) + GRACE
