"""A delivery's row, as ingest writes it: claimed once, then published or parked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from shopbridge import times
from shopbridge.aws.dynamodb import DynamoDb
from shopbridge.aws.errors import ConditionFailed
from shopbridge.errors import Unavailable
from shopbridge.ledger.rows import (
    FACTS,
    KEEP_SECONDS,
    delivery_key,
    facts,
    open_since,
    resource_key,
)
from shopbridge.message import Head, Message

LEASE_SECONDS = 10
"""How long a claim lasts; a topic function lives 4 s at most."""

_FIRST = (
    f"SET {FACTS},"
    " received_at = if_not_exists(received_at, :now), #state = :leased,"
    " lease_until = :until, expires = :expires ADD arrivals :one"
)
_FREE = (
    "attribute_not_exists(delivery) OR #state = :failed"
    " OR (#state = :leased AND lease_until < :epoch)"
)
"""Nobody's, or given up on: what a dead-letter queue has may still arrive another way."""
_FREE_OR_DONE = "attribute_not_exists(delivery) OR #state <> :leased OR lease_until < :epoch"


class Leased(Unavailable):
    """Another function is on this very delivery right now."""


class Deliveries:
    """Writes delivery rows to the ledger through the lean client."""

    def __init__(self, dynamodb: DynamoDb, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def claim(self, message: Message, now: datetime) -> Message | None:
        """
        Make the delivery ours for ten seconds and count its arrival.

        Returns it with the time of its first arrival, which names the hour it is
        counted in; None for one that was published or parked before. A replay is
        ours even then.

        Raises:
            Leased: somebody else claimed it less than ten seconds ago.
        """
        head = message.head
        epoch = int(now.timestamp())
        is_replay = head.via == "replay"
        try:
            row = self._update(
                head,
                _FIRST,
                condition=_FREE_OR_DONE if is_replay else _FREE,
                names={"#store": "store", "#state": "state", "#size": "size"},
                values={
                    **facts(message),
                    ":now": times.text(now),
                    ":leased": "leased",
                    ":until": epoch + LEASE_SECONDS,
                    ":epoch": epoch,
                    ":expires": epoch + KEEP_SECONDS,
                    ":one": 1,
                    **({} if is_replay else {":failed": "failed"}),
                },
            )
        except ConditionFailed as failed:
            if (failed.item or {}).get("state") == "leased":
                raise Leased("the same delivery is being accepted right now") from failed
            self._update(head, "ADD arrivals :one", values={":one": 1})
            return None
        first = times.parse(row["received_at"])
        return Message(msgspec.structs.replace(head, received_at=first), message.body)

    def published(
        self, head: Head, made: Sequence[str], resource: str, title: str, now: datetime
    ) -> None:
        """Note that all commands of the delivery are on their way; `made` lists them."""
        self._update(
            head,
            "SET #state = :published, published_at = :now, commands = :made,"
            " #resource = :resource, #title = :title"
            " REMOVE lease_until, #open, open_at, reason, kept",
            names={
                "#state": "state",
                "#resource": "resource",
                "#title": "title",
                "#open": "open",
            },
            values={
                ":published": "published",
                ":now": times.text(now),
                ":made": list(made),
                ":resource": resource_key(head.store, resource),
                ":title": title,
            },
        )

    def parked(self, head: Head, reason: str, kept: str, now: datetime) -> None:
        """Note that the delivery waits for a human; `kept` is the S3 key of its content."""
        at = times.text(now)
        self._update(
            head,
            "SET #state = :parked, reason = :reason, kept = :kept, #open = :store,"
            " open_at = :open_at REMOVE lease_until",
            names={"#state": "state", "#open": "open"},
            values={
                ":parked": "parked",
                ":reason": reason,
                ":kept": kept,
                ":store": head.store,
                ":open_at": open_since("parked", at),
            },
        )

    def _update(
        self,
        head: Head,
        update: str,
        *,
        values: dict[str, Any],
        names: dict[str, str] | None = None,
        condition: str = "",
    ) -> dict[str, Any]:
        """Write to the row and return it as it is then."""
        key = delivery_key(head)
        row = self._dynamodb.update_item(
            self._table,
            {"delivery": key.delivery, "row": key.row},
            update=update,
            condition=condition,
            names=names,
            values=values,
            returns="ALL_NEW",
        )
        return row or {}
