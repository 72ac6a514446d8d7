"""What is asked of a reconciliation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SETTLED: Final = timedelta(minutes=15)
"""What changed later may still be on its way as a webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How far back and how far ahead to look, and whether anything is changed."""

    dry_run: bool = False
    since: datetime | None = None
    """Instead of where the last time ended."""
    settled: timedelta = SETTLED
