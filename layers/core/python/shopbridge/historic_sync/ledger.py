"""
A slice in the ledger: it stands where a delivery stands, and its commands below it.

A command's row is named by the id of its object and its place among that object's commands,
so reading a page again makes no new rows, and what became of a slice is one query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from shopbridge import paged, reasons, times
from shopbridge.commands import Command
from shopbridge.historic_sync.run import Run, Slice
from shopbridge.historic_sync.verification import End
from shopbridge.ledger.rows import KEEP_SECONDS, delivery_key
from shopbridge.ledger.rows import Key as RowKey
from shopbridge.message import Head
from shopbridge.outcome import OUTCOMES

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_MADE = (
    "SET #store = :store, topic = :topic, event_id = :event, via = :via, #size = :zero,"
    " arrivals = :one, triggered_at = :triggered, received_at = :received,"
    " #state = :published, published_at = if_not_exists(published_at, :now),"
    " made = :made, expires = :expires"
)

HELD = frozenset(
    {
        reasons.NOT_ENABLED,
        reasons.PAUSED,
        reasons.KEY_REFUSED,
        reasons.NOT_CONFIGURED,
        reasons.REAUTHORISE,
    }
)
"""Parked for one of these, a command goes on by itself: it still waits."""


def head_of(run: Run, one: Slice, commands: tuple[Command, ...], numbers: tuple[int, ...]) -> Head:
    """Write the head of a message that carries some of a slice's commands."""
    return Head(
        store=run.store,
        topic=one.topic,
        event_id=one.event,
        digest=one.name,
        triggered_at=run.started_at,
        received_at=one.received_at,
        via=one.via,
        commands=commands,
        numbers=numbers,
    )


@dataclass(frozen=True, slots=True)
class SliceLedger:
    """The rows of one run's slices."""

    table: "Table"
    run: Run

    def made(self, one: Slice, kind: str, number: int, now: datetime) -> None:
        """Note how many commands of `kind` the slice has made so far; again is harmless."""
        key = self._key(one)
        self.table.update_item(
            Key={"delivery": key.delivery, "row": key.row},
            UpdateExpression=_MADE,
            ExpressionAttributeNames={"#store": "store", "#size": "size", "#state": "state"},
            ExpressionAttributeValues={
                ":store": self.run.store,
                ":topic": one.topic,
                ":event": one.event,
                ":via": one.via,
                ":zero": 0,
                ":one": 1,
                ":triggered": times.text(self.run.started_at),
                ":received": times.text(one.received_at),
                ":published": "published",
                ":now": times.text(now),
                ":made": {kind: number},
                ":expires": int(now.timestamp()) + KEEP_SECONDS,
            },
        )

    def ends(self, one: Slice) -> dict[int, End]:
        """Return how the commands of a slice ended, by number; what still waits is left out."""
        return {number: end for number, end in self._rows(one) if not _waits(end)}

    def _rows(self, one: Slice) -> Iterator[tuple[int, End]]:
        key = self._key(one)
        found = paged.queried(
            self.table,
            Key("delivery").eq(key.delivery) & Key("row").begins_with(f"{key.row}#"),
            ProjectionExpression="#row, outcome, reason",
            ExpressionAttributeNames={"#row": "row"},
        )
        for row in found:
            number = int(str(row["row"]).rpartition("#")[2])
            yield number, End(str(row.get("outcome", "")), str(row.get("reason", "")))

    def _key(self, one: Slice) -> RowKey:
        return delivery_key(head_of(self.run, one, (), ()))


def _waits(end: End) -> bool:
    return end.outcome not in OUTCOMES or (end.outcome == "parked" and end.reason in HELD)
