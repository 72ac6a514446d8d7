"""A command's row, as workers write it when the command ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbridge import batched, times
from shopbridge.commands import kind, label
from shopbridge.conditional import written
from shopbridge.ledger.rows import KEEP_SECONDS, command_key, open_since
from shopbridge.outcome import FINAL, OPEN
from shopbridge.reasons import ERASED
from shopbridge.work import Ended, Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_WRITE = (
    "SET #store = :store, topic = :topic, kind = :kind, label = :label, outcome = :outcome,"
    " reason = :reason, #at = :at, received_at = :received_at, attempts = :attempts,"
    " effect = :effect, expires = :expires"
)
_AS_OPEN = ", #open = :store, open_at = :open_at, kept = :kept"
_AS_CLOSED = " REMOVE #open, open_at, kept"
_NOT_FINAL = "attribute_not_exists(outcome) OR outcome IN (:parked, :failed, :waiting)"


class Outcomes:
    """Writes command rows; a final outcome is never overwritten."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def write(self, item: Item[Any], ended: Ended, now: datetime, kept: str = "") -> bool:
        """Write how `item` ended, False where it had ended before; the forgotten are not named."""
        is_open = ended.outcome in OPEN
        at = times.text(now)
        values: dict[str, Any] = {
            ":store": item.head.store,
            ":topic": item.head.topic,
            ":kind": kind(item.command),
            ":label": "" if ended.reason == ERASED else label(item.command),
            ":outcome": ended.outcome,
            ":reason": ended.reason,
            ":at": at,
            ":received_at": times.text(item.head.received_at),
            ":attempts": item.receives,
            ":effect": ended.effect,
            ":expires": int(now.timestamp()) + KEEP_SECONDS,
            ":parked": "parked",
            ":failed": "failed",
            ":waiting": "waiting",
        }
        if is_open:
            values |= {":open_at": open_since(ended.outcome, at), ":kept": kept}
        update = _WRITE + (_AS_OPEN if is_open else _AS_CLOSED)
        if ended.resent:
            update += " ADD ambiguous :one"
            values[":one"] = 1
        return self._update(item, update, values)

    def ended(self, items: Iterable[Item[Any]]) -> set[int]:
        """
        Say which of `items` ended for good since their messages were sent, by their identity.

        Raises:
            Unavailable: not all rows could be read.
        """
        asked = {command_key(item.head, item.number): item for item in items if item.sent_at}
        keys = [{"delivery": key.delivery, "row": key.row} for key in asked]
        found = {
            (str(row["delivery"]), str(row["row"])): str(row["at"])
            for row in batched.rows(self._table, keys)
            if row.get("outcome") in FINAL
        }
        return {
            id(item)
            for key, item in asked.items()
            if item.sent_at and found.get((key.delivery, key.row), "") >= times.text(item.sent_at)
        }

    def _update(self, item: Item[Any], update: str, values: dict[str, Any]) -> bool:
        key = command_key(item.head, item.number)
        return written(
            lambda: self._table.update_item(
                Key={"delivery": key.delivery, "row": key.row},
                UpdateExpression=update,
                ConditionExpression=_NOT_FINAL,
                ExpressionAttributeNames={"#store": "store", "#at": "at", "#open": "open"},
                ExpressionAttributeValues=values,
            )
        )
