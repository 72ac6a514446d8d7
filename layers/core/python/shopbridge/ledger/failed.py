"""A delivery that never got through its function: written down by whoever finds its remains."""

from datetime import datetime
from typing import TYPE_CHECKING

from shopbridge import times
from shopbridge.conditional import written
from shopbridge.ledger.rows import FACTS, KEEP_SECONDS, delivery_key, facts, open_since
from shopbridge.message import Message

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_WRITE = (
    f"SET {FACTS},"
    " received_at = if_not_exists(received_at, :received_at),"
    " arrivals = if_not_exists(arrivals, :one), expires = :expires,"
    " #state = :failed, reason = :reason, kept = :kept, #open = :store, open_at = :open_at"
    " REMOVE lease_until"
)
_NAMES = {name: name[1:] for name in ("#store", "#state", "#open", "#size")}
_UNFINISHED = "attribute_not_exists(#state) OR #state IN (:leased, :failed)"


class FailedDeliveries:
    """Writes delivery rows through boto3, where the topic's function could not."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def write(self, message: Message, reason: str, kept: str, now: datetime) -> bool:
        """Note the delivery as failed; False where it was published or parked after all."""
        head, at = message.head, times.text(now)
        key = delivery_key(head)
        return written(
            lambda: self._table.update_item(
                Key={"delivery": key.delivery, "row": key.row},
                UpdateExpression=_WRITE,
                ConditionExpression=_UNFINISHED,
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues={
                    **facts(message),
                    ":received_at": times.text(head.received_at),
                    ":one": 1,
                    ":expires": int(now.timestamp()) + KEEP_SECONDS,
                    ":leased": "leased",
                    ":failed": "failed",
                    ":reason": reason,
                    ":kept": kept,
                    ":open_at": open_since("failed", at),
                },
            )
        )
