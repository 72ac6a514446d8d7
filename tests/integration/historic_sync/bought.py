"""A store whose past has orders, and what of them is at Netcore."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from shopbridge.historic_sync.run import Run
from shopbridge.stores.settings import HistoricSync
from tests.integration.historic_sync.history import SETTINGS, History
from tests.integration.pipeline import sent
from tests.integration.pipeline.cloud import Cloud
from tests.unit.translate.given import webhook

ORDERS = SETTINGS.model_copy(update={"historic_sync": HistoricSync(contacts=True, orders=True)})
DAY = timedelta(days=1)


class Bought(History):
    """A store with few customers, whose orders a test makes."""

    def __init__(
        self, cloud: Cloud, *, everything: bool = False, customers: int = 2, **how: Any
    ) -> None:
        super().__init__(cloud, **{"settings": ORDERS, **how}, customers=customers)
        if everything:
            self.grant("read_all_orders")

    def happen(self, event: str, target: str | None = None, **how: Any) -> list[dict[str, Any]]:
        """Let something happen in the store; return the webhooks it makes."""
        answer = self.shop.post("/_world", json={"event": event, "target": target, "how": how})
        assert answer.status_code == 200, answer.text
        made = answer.json()["deliveries"]
        return [{**one, "body": json.loads(base64.b64decode(one["body"]))} for one in made]

    def order(self, ago: timedelta, **fields: Any) -> str:
        """Let somebody have bought something so long ago; return the order's id."""
        gid = self.shop.get("/_world/customers").json()[0]["id"]
        self.happen("start_checkout", customer=gid)
        checkout = self.shop.get("/_world/checkouts").json()[-1]["id"]
        self.happen("purchase", checkout)
        order = self.shop.get("/_world/orders").json()[-1]["id"]
        at = stamp(self.clock.now() - ago)
        self.write(order, **{"createdAt": at, "updatedAt": at, **fields})
        return str(order)

    def write(self, order: str, **fields: Any) -> None:
        """Write fields of an order; nobody is told."""
        changed = self.shop.post("/_world", json={"set": {"id": order, "fields": fields}})
        assert changed.status_code == 200, changed.text

    def publish(self, topic: str, body: dict[str, Any], event: str) -> None:
        """Let a webhook of the store arrive at its function."""
        function = self.function(handler=webhook(topic))
        at = stamp(self.clock.now())
        answer = function(sent.https(self.name, body, event, topic=topic, triggered_at=at), None)
        assert answer
        assert answer["statusCode"] == 200

    def live(self, topic: str, body: dict[str, Any], event: str) -> None:
        """Let a webhook of the store arrive and be carried out."""
        self.publish(topic, body, event)
        self.pull()
        self.lane.settle(self.worker())

    def told(self) -> list[tuple[str, str]]:
        """List what Netcore was told of orders: event and the order's id, oldest first."""
        return [
            (one["activity_name"], str(one["activity_params"]["orderid"]))
            for one in self.activities()
        ]

    def run(self) -> Run:
        """Start what the settings choose, and follow it to its end, however long it waits."""
        self.follow(self.start())
        return self.latest()


def stamp(at: datetime) -> str:
    """Write a time as Shopify does."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(gid: str) -> str:
    """Return the number of a gid."""
    return gid.rpartition("/")[2]
