"""A store's website: visitors whose events come to `/collect`, and whose buyers turn out to be."""

import dataclasses
import json
from functools import partial
from itertools import count
from typing import Any

from msgspec.structs import replace

from functions.website_tracking.collect import handler as collect
from shopbridge import times
from shopbridge.commands import TRACKING, Tracking
from shopbridge.entry.collect import Collect
from shopbridge.entry.collect import Services as Door
from shopbridge.entry.queue import Worker
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.outbox import Outbox
from shopbridge.stores.row import item
from shopbridge.stores.store import Store
from shopbridge.website_tracking.delivery import Services, deliver
from shopbridge.website_tracking.joining import Joining
from shopbridge.website_tracking.pace import Pace
from shopbridge.website_tracking.visitors import Visitors
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.lane import Lane
from tests.integration.pipeline.shoppers import Shoppers
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Steps

ORIGIN = "https://shop.example.com"
HEADLESS = SETTINGS.model_copy(
    update={"website_tracking": SETTINGS.website_tracking.model_copy(update={"origins": (ORIGIN,)})}
)
PIXEL_KEY = "pixel-key-1"
SANDBOX = "null"
"""Origin that a browser gives for the pixel's sandbox."""

PAGE = {"pageurl": f"{ORIGIN}/", "pagetitle": "Home"}

_events = count(1)


class Website(Shoppers):
    """A headless storefront at ORIGIN, a pixel with PIXEL_KEY, and what waits for visitors."""

    def __init__(self, cloud: Cloud, **how: Any) -> None:
        super().__init__(cloud, **{"settings": HEADLESS, **how})
        self.visits = Lane(self.clock)
        store = self.store()
        known = replace(store.profile, pixel_key=PIXEL_KEY)
        self.cloud.table("stores").put_item(Item=item(dataclasses.replace(store, profile=known)))

    def tell(
        self, name: str = "Page Browse", *, origin: str = ORIGIN, most: int = 1000, **changes: Any
    ) -> int:
        """A browser tells of an event just now; return how it is answered."""
        return self.ask(self.event(name, **changes), origin=origin, most=most)

    def event(self, name: str = "Page Browse", **changes: Any) -> dict[str, Any]:
        """Write the body of an event."""
        return {
            "store": self.name,
            "name": name,
            "id": f"event-{next(_events):04}",
            "at": times.text(self.clock.now()),
            "visitor": "visitor-1",
            "consent": {"analytics": True, "marketing": True},
            "params": PAGE,
            **changes,
        }

    def ask(
        self, body: object, *, origin: str = ORIGIN, method: str = "POST", most: int = 1000
    ) -> int:
        """Send a request to `/collect`; what it publishes goes into the queues."""
        event = {
            "requestContext": {"http": {"method": method}},
            "headers": {"origin": origin},
            "body": body if isinstance(body, str) else json.dumps(body),
        }
        status: int = self.door(most)(event, None)["statusCode"]
        return status

    def door(self, most: int = 1000) -> Collect:
        """Start the function."""
        inside = self.ingest()
        pace = Pace(self.cloud.aws(self.clock).dynamodb, "ledger", most)
        return replace(collect, services=lambda: Door(inside, pace))

    def arrive(self, topic: str, body: Any, steps: Steps | None = None) -> str:
        """Also let the website's worker see what a webhook means to it."""
        event_id = super().arrive(topic, body, steps)
        self.visits.put([self.last])
        return event_id

    def work(self, steps: Steps | None = None) -> None:
        """Let the website's worker do its work, and the activities worker after it."""
        self.visits.put(self.cloud.take("website-tracking", self.name))
        self.visits.settle(self.joiner(steps))
        self.pull()
        self.lane.settle(self.worker())

    def joiner(self, steps: Steps | None = None) -> Worker[Tracking, Services]:
        """Start the worker of the website's lane."""
        steps = steps or Steps()
        services = Services(
            station=self.delivery(steps).station,
            joining=partial(self._joining, steps),
            shopify=_nobody,
            collect_url="https://api.example.com/collect",
        )
        return Worker(TRACKING, deliver, lambda: services)

    def _joining(self, steps: Steps, store: Store) -> Joining:
        return Joining(
            store=store,
            visitors=Visitors(steps.watch("visitors", self.table), store.name),
            secret=self.keyring.of(store.name),
            deliveries=Deliveries(
                steps.watch("ledger", self.cloud.aws(self.clock).dynamodb), "ledger"
            ),
            outbox=Outbox(steps.watch("sns", self.cloud.sns), self.cloud.topic_arn),
            now=self.clock.now,
        )

    def seen(self) -> list[tuple[str, str]]:
        """Return name and identity of each activity that Netcore holds."""
        return [(str(one["activity_name"]), str(one["identity"])) for one in self.activities()]

    def in_ledger_as(self, topic: str) -> list[dict[str, Any]]:
        """Return the ledger's rows of one topic of this store."""
        rows = self.cloud.table("ledger").scan()["Items"]
        return [
            dict(row) for row in rows if row.get("store") == self.name and row["topic"] == topic
        ]


def _nobody(store: Store) -> Any:
    raise AssertionError(f"nobody asks Shopify about {store.name}")
