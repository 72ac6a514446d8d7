"""What becomes of work while tokens come and go: it waits, parks, goes on, or is dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shopbridge import reasons
from shopbridge.commands import RefreshContact
from shopbridge.entry.queue import Worker
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import Head, write
from shopbridge.station.station import Station
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result
from tests.integration.install.merchant import ONE, Merchant
from tests.integration.pipeline.cloud import BUCKET, Cloud
from tests.integration.pipeline.lane import Lane

TOKENS = "/admin/oauth/access_token"


@dataclass
class Works:
    """A worker that asks Shopify once for each store of its batch."""

    merchants: dict[str, Merchant]
    station: Station
    lane: Lane

    @classmethod
    def of(cls, *merchants: Merchant) -> "Works":
        """Build it; all stores are enabled, and live by the first one's clock."""
        first = merchants[0]
        lane = Lane(first.clock)
        for merchant in merchants:
            merchant.clock = first.clock
            merchant.install()
            merchant.repository().set_status(merchant.store(), "enabled")
        station = Station(
            stores=partial(StoreRepository, first.cloud.table("stores")),
            outcomes=Outcomes(first.cloud.table("ledger")),
            s3=first.cloud.s3,
            bucket=BUCKET,
            sqs=lane,  # type: ignore[arg-type]  # stands for boto3's client
            now=first.clock.now,
        )
        return cls({merchant.name: merchant for merchant in merchants}, station, lane)

    def send(self, *names: str) -> None:
        """Put work of these stores into the queue, triggered now."""
        now = self.station.now()
        for number, name in enumerate(names):
            head = Head(
                store=name,
                topic="customers/update",
                event_id=f"e-{number}",
                digest="0123456789abcdef",
                triggered_at=now,
                received_at=now,
                commands=(RefreshContact("7001"),),
                numbers=(0,),
            )
            self.lane.put([write(head, b"")])

    def run(self) -> None:
        """Hand out batches until nothing is left."""
        self.lane.settle(Worker(RefreshContact, self._deliver, lambda: self))

    def ended(self, name: str) -> list[tuple[str, str]]:
        """How the store's commands ended, and why."""
        rows = self.merchants[name].cloud.table("ledger").scan()["Items"]
        return [
            (str(row["outcome"]), str(row.get("reason", "")))
            for row in rows
            if row["store"] == name and "outcome" in row
        ]

    def _deliver(
        self, store: Store, items: Sequence[Item[RefreshContact]], services: Any
    ) -> Sequence[Result]:
        merchant = self.merchants[store.name]
        merchant.gateway(merchant.tokens(), store).ask(ONE, {})
        return [Ended("delivered")] * len(items)


def test_dead_tokens_of_one_store_park_its_work_alone(merchant: Merchant, cloud: Cloud) -> None:
    """Its reason names what the merchant has to do; the other store of the batch is served."""
    other = Merchant(cloud)
    works = Works.of(merchant, other)
    merchant.clock.sleep(3660)
    merchant.fault(do="oauth_error", match={"path": TOKENS})
    works.send(merchant.name, other.name)

    works.run()

    assert works.ended(merchant.name) == [("parked", reasons.REAUTHORISE)]
    assert works.ended(other.name) == [("delivered", "")]


def test_silent_shopify_has_work_wait(merchant: Merchant) -> None:
    """It comes back later, and is done with the tokens of then."""
    works = Works.of(merchant)
    merchant.clock.sleep(3660)
    merchant.fault(do="status", status=503, match={"path": TOKENS, "times": 6})
    works.send(merchant.name)

    works.run()

    assert works.ended(merchant.name) == [("delivered", "")]


@pytest.mark.parametrize("status", [402, 403, 404, 423])
def test_closed_store_parks_its_work_after_one_question(merchant: Merchant, status: int) -> None:
    """Frozen, scope lost, gone, locked: Shopify's status is the reason."""
    works = Works.of(merchant)
    merchant.fault(do="status", status=status, match={"path": "*graphql.json", "times": None})
    merchant.called.clear()
    works.send(merchant.name)

    works.run()

    assert works.ended(merchant.name) == [("parked", f"Shopify answered {status}")]
    assert merchant.called == ["graphql"]


def test_work_of_an_install_that_ended_is_dropped(merchant: Merchant) -> None:
    """Uninstalled and installed again within a minute: the old work asks nobody anything."""
    works = Works.of(merchant)
    works.send(merchant.name)
    merchant.clock.sleep(20)
    merchant.repository().uninstall(merchant.store(), merchant.clock.now())
    merchant.clock.sleep(20)
    merchant.install()
    merchant.called.clear()

    works.run()

    assert works.ended(merchant.name) == [("superseded", reasons.BEFORE_INSTALL)]
    assert merchant.called == []
    assert (merchant.store().epoch, merchant.store().status) == (2, "installed")


def test_store_that_left_hears_nothing_more(merchant: Merchant) -> None:
    """Queued work drops, and no token is left to ask with."""
    works = Works.of(merchant)
    works.send(merchant.name)
    merchant.repository().uninstall(merchant.store(), merchant.clock.now() + timedelta(seconds=1))
    merchant.called.clear()

    works.run()

    assert works.ended(merchant.name) == [("superseded", reasons.STORE_UNKNOWN)]
    assert merchant.called == []
