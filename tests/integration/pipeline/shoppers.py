"""One store's checkouts, from their webhooks to what Netcore is told when nobody completes them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from msgspec.structs import replace

from shopbridge import times
from shopbridge.message import write
from shopbridge.moments import dated
from shopbridge.shopify import delivery
from tests.integration.pipeline import sent
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.lane import Lane
from tests.integration.pipeline.system import System
from tests.integration.pipeline.waits import Waits
from tests.integration.pipeline.watched import Steps
from tests.unit.translate.given import payload, translated

CUSTOMER = {"id": 7001, "email": "cnry-ada@example.com", "phone": "+447700900123"}
SOMEBODY_ELSE = {"id": 7002, "email": "cnry-bob@example.com", "phone": "+447700900456"}

_events = count(1)


class Shoppers(System):
    """A store of a test's own, with a table of checkouts of its own."""

    def __init__(self, cloud: Cloud, **how: Any) -> None:
        super().__init__(cloud, **how)
        waits = Waits(self)
        self.table, self.key_arn = waits.table, waits.key_arn
        self.keyring, self.checkouts = waits.keyring, waits.checkouts
        self.timer, self.sweep = waits.worker, waits.sweep
        self.timers = Lane(self.clock)
        self.last = ""

    def checkout(
        self, topic: str = "checkouts/update", steps: Steps | None = None, **changes: Any
    ) -> str:
        """A checkout was changed just now; its webhook arrives and is carried out."""
        body = payload(
            "checkouts/update",
            **{
                "token": "token-1",
                "cart_token": "cart-1",
                "updated_at": times.text(self.clock.now()),
                "email": None,
                "phone": None,
                "customer": CUSTOMER,
                **changes,
            },
        )
        return self.arrive(topic, body, steps)

    def cart(self, **changes: Any) -> str:
        """Somebody changes a cart just now; its webhook arrives and is carried out."""
        at = times.text(self.clock.now())
        body = payload("carts/update", **{"token": "cart-1", "updated_at": at, **changes})
        return self.arrive("carts/update", body)

    def order(self, **changes: Any) -> str:
        """Somebody orders just now; the webhook arrives and is carried out."""
        body = payload(
            "orders/create",
            **{
                "created_at": times.text(self.clock.now()),
                "checkout_token": None,
                "cart_token": None,
                "customer": None,
                "email": None,
                "contact_email": None,
                "phone": None,
                **changes,
            },
        )
        return self.arrive("orders/create", body)

    def arrive(self, topic: str, body: Mapping[str, Any], steps: Steps | None = None) -> str:
        """Put what a body means into the lane, as ingest does, and carry it out."""
        event_id = f"c-{next(_events)}"
        store, now = self.store().profile, self.clock.now()
        event = sent.https(
            self.name, dict(body), event_id, topic=topic, triggered_at=times.text(now)
        )
        arrived = delivery.identify(delivery.from_http(event), topic, now)
        commands = tuple(dated(each, now, now) for each in translated(topic, body, store))
        head = replace(arrived.head, commands=commands, numbers=tuple(range(len(commands))))
        self.last = write(head, b"")
        self.timers.put([self.last])
        self.timers.run(self.timer(steps))
        return event_id

    def try_again(self) -> None:
        """Let the messages of a worker that died come back, and carry them out."""
        self.timers.settle(self.timer())

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass; nobody sweeps meanwhile."""
        self.clock.sleep(minutes * 60)

    def told(self) -> list[dict[str, Any]]:
        """Let the activities worker do its work; return what Netcore holds of Cart Abandonment."""
        self.pull()
        self.lane.settle(self.worker())
        held = self.activities()
        return [one for one in held if one["activity_name"] == "Cart Abandonment"]

    def reinstall(self) -> None:
        """The merchant removes the app and installs it again, at once."""
        self.repository().uninstall(self.store(), self.clock.now())
        store = self.repository().install(self.clock.now())
        self.repository().set_status(store, "enabled")

    def rows_at_rest(self) -> list[dict[str, Any]]:
        """Return all that is kept of checkouts."""
        return [dict(item) for item in self.table.scan()["Items"]]

    def in_ledger(self) -> list[dict[str, Any]]:
        """Return what the ledger has of our timer's deliveries for this store."""
        rows = self.cloud.table("ledger").scan()["Items"]
        return [
            dict(row)
            for row in rows
            if row.get("store") == self.name and row.get("topic") == "abandonment"
        ]

    def ended(self) -> list[tuple[str, str]]:
        """Return outcome and reason of each Cart Abandonment of this store."""
        rows = [row for row in self.in_ledger() if "kind" in row]
        return [(str(row["outcome"]), str(row["reason"])) for row in rows]

    def day(self, **later: float) -> datetime:
        """Return a moment from now."""
        return self.clock.now() + timedelta(**later)
