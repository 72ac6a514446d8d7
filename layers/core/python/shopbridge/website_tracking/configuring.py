"""Has web pixel and app embed told, soon, that settings were saved; asked as often as one likes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from shopbridge import times
from shopbridge.commands import ConfigureStorefront, kind
from shopbridge.ledger.rows import FACTS, KEEP_SECONDS, delivery_key, facts, summary
from shopbridge.message import Head, Message, write
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import CONFIGURE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PUBLISHED: Final = (
    f"SET {FACTS}, received_at = if_not_exists(received_at, :now), #state = :published,"
    " published_at = if_not_exists(published_at, :now), commands = :made, arrivals = :one,"
    " expires = :expires"
)


@dataclass(frozen=True, slots=True)
class Configuring:
    """Publishes `ConfigureStorefront`; what it does is the same however often it is done."""

    ledger: "Table"
    outbox: Outbox
    now: Callable[[], datetime]

    def soon(self, store: Store) -> None:
        """Have the storefront of `store` configured; nothing before it was ever enabled."""
        if store.status not in ("enabled", "paused"):
            return
        command = ConfigureStorefront()
        head = self._noted(_head(store, self.now()), summary(command, None))
        head = msgspec.structs.replace(head, commands=(command,), numbers=(0,))
        self.outbox.send(write(head, b""), kind=kind(command), store=store.name)

    def _noted(self, head: Head, made: str) -> Head:
        """Write the delivery's row first: what is never sent shows as waiting."""
        key = delivery_key(head)
        row = self.ledger.update_item(
            Key={"delivery": key.delivery, "row": key.row},
            UpdateExpression=_PUBLISHED,
            ExpressionAttributeNames={"#store": "store", "#size": "size", "#state": "state"},
            ExpressionAttributeValues={
                **facts(Message(head)),
                ":now": times.text(head.received_at),
                ":published": "published",
                ":made": [made],
                ":one": 1,
                ":expires": int(head.received_at.timestamp()) + KEEP_SECONDS,
            },
            ReturnValues="ALL_NEW",
        )["Attributes"]
        first = times.parse(str(row["received_at"]))
        return msgspec.structs.replace(head, received_at=first)


def _head(store: Store, now: datetime) -> Head:
    """Name what is told after the version of the store that it comes from."""
    event = f"settings-{store.epoch}-{store.version}"
    return Head(
        store=store.name,
        topic=CONFIGURE,
        event_id=event,
        digest=hashlib.sha256(event.encode()).hexdigest()[:16],
        triggered_at=now,
        received_at=now,
        via="storefront",
    )
