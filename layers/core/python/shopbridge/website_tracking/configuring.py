"""Has web pixel and app embed told, soon, that settings were saved; asked as often as one likes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shopbridge.commands import ConfigureStorefront, kind
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.rows import summary
from shopbridge.message import Head, Message, write
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import CONFIGURE


@dataclass(frozen=True, slots=True)
class Configuring:
    """Publishes `ConfigureStorefront`, once for each version of a store."""

    deliveries: Deliveries
    outbox: Outbox
    now: Callable[[], datetime]

    def soon(self, store: Store) -> None:
        """
        Have the storefront of `store` configured; nothing happens before it was ever enabled.

        Raises:
            Unavailable: AWS does not answer; asked again, it goes on where it was.
        """
        if store.status not in ("enabled", "paused"):
            return
        claimed = self.deliveries.claim(Message(self._head(store)), self.now())
        if claimed is None:
            return
        (command,) = claimed.head.commands
        self.outbox.send(write(claimed.head, b""), kind=kind(command), store=store.name)
        made = [summary(command, None)]
        self.deliveries.published(claimed.head, made, "storefront#settings", "", self.now())

    def _head(self, store: Store) -> Head:
        now = self.now()
        event = f"settings-{store.epoch}-{store.version}"
        return Head(
            store=store.name,
            topic=CONFIGURE,
            event_id=event,
            digest=hashlib.sha256(event.encode()).hexdigest()[:16],
            triggered_at=now,
            received_at=now,
            via="storefront",
            commands=(ConfigureStorefront(),),
            numbers=(0,),
        )
