"""A command's row, as workers write it when the command ended."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbridge import times
from shopbridge.commands import kind, label
from shopbridge.conditional import written
from shopbridge.ledger.rows import KEEP_SECONDS, command_key, open_since
from shopbridge.outcome import OPEN
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
