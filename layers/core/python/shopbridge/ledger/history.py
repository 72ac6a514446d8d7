"""Ledger rows as operators read them: a delivery, its commands, and what became of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbridge import times
from shopbridge.ledger.rows import Made, made
from shopbridge.outcome import OPEN, OUTCOMES, WAITING, worst

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """One command of a delivery and what became of it so far."""

    kind: str
    label: str
    outcome: str
    reason: str = ""
    at: datetime | None = None
    attempts: int = 0
    ambiguous: int = 0
    id: str = ""
    """Names the command's row; empty where ingest itself ended it or none is written yet."""


@dataclass(frozen=True, slots=True)
class History:
    """One delivery's rows, read together."""

    delivery: Row
    ends: Sequence[End]

    @property
    def event_id(self) -> str:
        """Shopify's id of the merchant's action."""
        return str(self.delivery.get("event_id", ""))

    @property
    def topic(self) -> str:
        """The delivery's topic."""
        return str(self.delivery["topic"])

    @property
    def state(self) -> str:
        """`leased`, `published`, `parked` or `failed`."""
        return str(self.delivery.get("state", "leased"))

    @property
    def outcome(self) -> str:
        """Derive the delivery's outcome: its own where it went no further, else the worst."""
        if self.state in OPEN:
            return self.state
        if self.state != "published":
            return WAITING
        return worst([end.outcome for end in self.ends])

    def time(self, name: str) -> datetime | None:
        """Return one of the delivery's times, None where it has not come to it."""
        written = self.delivery.get(name)
        return times.parse(written) if written else None


def histories(rows: Iterable[Row]) -> list[History]:
    """Put rows of one partition together, oldest delivery first."""
    by_key = {str(row["row"]): row for row in rows if "topic" in row}
    deliveries = [row for row in by_key.values() if "kind" not in row]
    found = [History(row, _ends(row, by_key)) for row in deliveries]
    return sorted(found, key=lambda one: str(one.delivery.get("received_at", "")))


def _ends(delivery: Row, by_key: Mapping[str, Row]) -> list[End]:
    listed = [made(summary) for summary in delivery.get("commands", ())]
    key = str(delivery["row"])
    numbers = {int(row.rpartition("#")[2]) for row in by_key if _is_below(row, key)}
    return [
        _end(number, listed, by_key.get(f"{key}#{number}"), str(delivery.get("event_id", "")))
        for number in sorted(numbers | set(range(len(listed))))
    ]


def _is_below(row: str, delivery: str) -> bool:
    return row.startswith(f"{delivery}#")


def _end(number: int, listed: Sequence[Made], row: Row | None, event_id: str) -> End:
    if row is None:
        one = listed[number]
        return End(one.kind, one.label, one.ended or WAITING)
    outcome = str(row.get("outcome", WAITING))
    return End(
        kind=str(row["kind"]),
        label=str(row["label"]),
        outcome=outcome if outcome in OUTCOMES else WAITING,
        reason=str(row.get("reason", "")),
        at=times.parse(row["at"]) if "at" in row else None,
        attempts=int(row.get("attempts", 0)),
        ambiguous=int(row.get("ambiguous", 0)),
        id=f"{event_id}#{row['row']}",
    )
