"""
A store's whole past by bulk operations, for real: our tasks and workers, both simulators.

AWS is in memory: tables by `tables`, queues and buckets by moto. Nothing is skipped: every
object is exported, fetched, mapped, sent and settled, and the run is verified. Times are of
one process; what the clock waits for passes at once.
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from typing import Any

from benchmarks.history.tables import Table, tables
from local.store.life import happen
from shopbridge.catalogue.delivery import Services, deliver
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.reading import ProductReader
from shopbridge.catalogue.table import Catalogue
from shopbridge.commands import RefreshProduct
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import LONGEST_PAUSE
from shopbridge.historic_sync.bulk.results import BLOCK
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.sparing import Sparing
from shopbridge.stores.settings import HistoricSync
from shopbridge.work import Lane
from tests.integration.historic_sync.history import SETTINGS, History
from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.pipeline.watched import Steps

CHOSEN = SETTINGS.model_copy(
    update={
        "historic_sync": HistoricSync(contacts=True, orders=True),
        "product_catalogue": True,
    }
)
BATCH = 100
"""Messages that a worker takes at once."""


@dataclass(frozen=True)
class Quick(Cloud):
    """A cloud whose tables are in memory."""

    tables: dict[str, Table] = field(default_factory=tables)

    def table(self, name: str) -> Any:
        """Return one of our tables."""
        return self.tables[name]


class Past(History):
    """A store with so many customers, orders and products."""

    def __init__(
        self,
        cloud: Cloud,
        customers: int,
        orders: int,
        products: int,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(
            cloud, settings=CHOSEN, customers=customers, products=products, clock=clock
        )
        self.grant("read_all_orders")
        self.block = BLOCK
        self._sell(orders)

    def _sell(self, orders: int) -> None:
        """Let there have been so many orders, as long ago as the store has been open."""
        world, opened = self.world, self.world.now
        buyers = [each["id"] for each in world.all("Customer")]
        for number in range(orders - self.count("Order")):
            buyer = buyers[number % len(buyers)]
            begun = happen(world, "start_checkout", customer=buyer)
            bought = happen(world, "purchase", begun.changes[0].resource)
            order = next(one.resource for one in bought.changes if one.topic == "orders/create")
            at = (opened - timedelta(days=2 + number % 100)).strftime("%Y-%m-%dT%H:%M:%SZ")
            world.get(order).update(createdAt=at, updatedAt=at, processedAt=at)
        world.now = opened

    def count(self, kind: str) -> int:
        """Count what is in the store."""
        return sum(1 for _ in self.world.all(kind))

    def deliver(self) -> None:
        """Let all workers empty the history lanes, a hundred messages at once."""
        for lane, worker in (
            ("contacts-history", self.contacts_worker()),
            ("activities-history", self.worker()),
            ("catalogue-history", self.catalogue_worker()),
        ):
            self.lane.put(self.cloud.take(lane, self.name))
            self.lane.settle(worker, batch=BATCH, rounds=10_000)

    def catalogue_worker(self, steps: Steps | None = None) -> Worker[RefreshProduct, Services]:
        """Start the worker of the catalogue."""
        steps = steps or Steps()
        services = Services(
            station=self._station(steps),
            reader=lambda store, lane: ProductReader(self._asks(steps, lane)),
            catalogue=lambda store: Catalogue(self.cloud.table("catalogue"), store),
            feeds=Feeds(self.cloud.table("catalogue")),
        )
        return Worker(RefreshProduct, deliver, lambda: services)

    def _asks(self, steps: Steps, lane: Lane) -> Asks:
        gateway: Asks = steps.watch("shopify", self.gateway)
        return gateway if lane == "live" else Sparing(gateway, self.clock.sleep, LONGEST_PAUSE)


@dataclass(frozen=True)
class Outcome:
    """What a run has come to."""

    state: str
    seconds: float
    cpu: float
    """CPU seconds of the run, simulators included: all there is where nobody else works."""
    objects: dict[str, int]
    """In the store, by stream."""
    arrived: dict[str, int]
    """Distinct ones at Netcore, and in the catalogue."""
    commands: int
    writes: int
    operations: int

    @property
    def is_whole(self) -> bool:
        """Whether the run says it is complete, and everything is where it belongs."""
        return self.state == "COMPLETE" and self.objects == self.arrived


def whole(customers: int, orders: int, products: int) -> Outcome:
    """Carry a store over, by bulk operations alone."""
    with started() as moto:
        parts = {each.name: getattr(moto, each.name) for each in fields(Cloud)}
        past = Past(Quick(**parts), customers, orders, products)
        objects = {
            "customers": past.count("Customer"),
            "orders": past.count("Order"),
            "products": past.count("Product"),
        }
        began, before = time.monotonic(), time.process_time()
        past.follow(past.start("bulk"))
        seconds = time.monotonic() - began
        return Outcome(
            state=past.latest().state,
            seconds=seconds,
            cpu=time.process_time() - before,
            objects=objects,
            arrived=_arrived(past),
            commands=sum(one.ended for one in past.slices()),
            writes=sum(table.writes for table in past.cloud.tables.values()),  # type: ignore[attr-defined]  # a Quick
            operations=len(past.at_shopify()),
        )


def _arrived(past: Past) -> dict[str, int]:
    rows = past.cloud.table("catalogue").query(
        KeyConditionExpression="store = :store", ExpressionAttributeValues={":store": past.name}
    )["Items"]
    bought = {
        str(one["activity_params"]["orderid"])
        for one in past.activities()
        if one["activity_name"] == "Product Purchase"
    }
    return {
        "customers": len(set(past.at_netcore())),
        "orders": len(bought),
        "products": len({str(row["variant"]).partition("#")[0] for row in rows}),
    }


def main() -> None:
    """Read the options, run, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history.whole")
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--orders", type=int, default=30_000)
    parser.add_argument("--products", type=int, default=5_000)
    options = parser.parse_args()
    told = whole(options.customers, options.orders, options.products)
    print(json.dumps({**asdict(told), "is_whole": told.is_whole}))


if __name__ == "__main__":
    main()
