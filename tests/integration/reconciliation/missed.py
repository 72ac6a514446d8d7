"""A store whose webhooks may be lost, from its life to what Netcore holds, and what mends it."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from local.store.planned import PlannedDelivery
from local.store.webhooks import CLIENT_SECRET
from shopbridge.abandonment.watched import Watched
from shopbridge.catalogue.delivery import Services as CatalogueServices
from shopbridge.catalogue.delivery import deliver as deliver_products
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.reading import ProductReader
from shopbridge.catalogue.table import Catalogue
from shopbridge.commands import Identity, RefreshProduct
from shopbridge.contacts.repository import Contacts
from shopbridge.entry.gate import held
from shopbridge.entry.queue import Worker
from shopbridge.historic_sync.asking import Asking
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.streams import Pages
from shopbridge.lanes import SINGLE
from shopbridge.ledger.names import counters_key
from shopbridge.ledger.reader import Ledger
from shopbridge.privacy.erased import Erased
from shopbridge.receipts.repository import Receipts
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.marks import MarksRow
from shopbridge.reconciliation.order import Order
from shopbridge.reconciliation.reconciling import reconcile
from shopbridge.reconciliation.report import Report
from shopbridge.reconciliation.reports import Reports
from shopbridge.reconciliation.subscriptions import Wanted
from shopbridge.shopify.readers import Reader
from shopbridge.stores.settings import Netcore, Settings
from tests import bad_inputs
from tests.integration.historic_sync.history import History
from tests.integration.pipeline.cloud import BUCKET, Cloud
from tests.integration.pipeline.waits import Waits
from tests.integration.pipeline.watched import Steps

API = "https://api.example"
TOPICS = ("customers/create", "customers/update", "products/update", "orders/create", "shop/redact")
SETTINGS = Settings(
    netcore=Netcore(
        website_id="site-1", list_id=5, notify_email="o@example.com", guests_by_address=True
    ),
    product_catalogue=True,
)
LIVE = ("checkouts", "contacts", "consents", "catalogue", "activities")


class Missed(History):
    """A store that installed the app an hour ago; its clock stands still until told."""

    def __init__(
        self, cloud: Cloud, *, customers: int = 4, settings: Settings = SETTINGS, cap: int = 1000
    ) -> None:
        super().__init__(cloud, customers=customers)
        self.install("enabled", settings)
        self.secrets = [CLIENT_SECRET]
        self.buyers = _Buyers(self)
        self.waits = Waits(self)
        self.cap = cap
        self.ages: dict[str, timedelta] = {}
        self.noted: list[frozenset[str]] = []

    def lives(
        self, event: str, target: str | None = None, *, arrives: bool = True, **how: Any
    ) -> list[str]:
        """Let something happen in the store; return the ids of what it changed."""
        asked = {"event": event, "target": target, "how": how}
        answer = self.shop.post("/_world", params={"shop": self.name}, json=asked)
        told = answer.raise_for_status().json()
        if arrives:
            for made in told["deliveries"]:
                self.receive(PlannedDelivery.from_json(made))
        return list(told["resources"])

    def receive(self, planned: PlannedDelivery) -> int:
        """Hand a delivery to the function of its topic, as API Gateway does."""
        handler = importlib.import_module(_module(planned.topic)).handler
        request = bad_inputs.Request(planned.topic, dict(planned.headers), planned.body)
        event = bad_inputs.lambda_event(request)
        answer = self.function(handler=handler)(event, None)
        assert answer is not None
        return int(answer["statusCode"])

    def works(self) -> None:
        """Let every worker empty its live and its history lane."""
        workers: Mapping[str, Callable[[], Any]] = {
            "checkouts": self.waits.worker,
            "contacts": self.contacts_worker,
            "consents": self.consents_worker,
            "catalogue": self.catalogue_worker,
            "activities": self.worker,
        }
        for lane in LIVE:
            for queue in (lane,) if lane in SINGLE else (lane, f"{lane}-history"):
                self.lane.put(self.cloud.take(queue, self.name))
                self.lane.settle(workers[lane](), batch=40)

    def catalogue_worker(self) -> Worker[RefreshProduct, CatalogueServices]:
        """Start the worker of the catalogue."""
        services = CatalogueServices(
            station=self._station(Steps()),
            reader=lambda store, lane: ProductReader(self.gateway),
            catalogue=partial(Catalogue, self.cloud.table("catalogue")),
            feeds=Feeds(self.cloud.table("catalogue")),
        )
        return Worker(RefreshProduct, deliver_products, lambda: services)

    def sweeps(self) -> dict[str, int]:
        """Look once which checkouts are due, and let Netcore be told."""
        swept = self.waits.sweep()
        self.works()
        return swept

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.clock.sleep(timedelta(**time).total_seconds())

    def desk(self, **changes: Any) -> Desk:
        """Return all that reconciling the store may use."""
        table, store = self.cloud.table, self.store()
        ended = held(store)
        desk = Desk(
            store=store,
            held=ended.reason if ended else "",
            gateway=lambda: self.gateway,
            reader=self._stream,
            contacts=Contacts(table("contacts"), self.name),
            catalogue=Catalogue(table("catalogue"), self.name),
            watched=Watched(
                self.waits.checkouts, self.waits.keyring.known(self.name), store.settings.country
            ),
            receipts=Receipts(table("receipts"), self.name),
            erased=Erased(table("receipts"), self.name, self.clock.seconds),
            ledger=Ledger(table("ledger")),
            repairs=partial(SliceLedger, table("ledger")),
            runs=Runs(table("runs"), self.name),
            lanes=Lanes(self.cloud.sqs, self.cloud.queue_urls),
            marks=MarksRow(table("runs"), self.name),
            reports=Reports(self.cloud.s3, BUCKET, self.name),
            wanted=Wanted(TOPICS, API),
            links=None,
            needed="read_customers,read_orders,read_products",
            noted=lambda granted, at: self.noted.append(granted),
            ages=lambda: self.ages,
            now=self.clock.now,
            is_late=lambda: False,
            cap=self.cap,
        )
        return replace(desk, **changes)

    def reconcile(self, *, desk: Desk | None = None, **order: Any) -> Report:
        """Reconcile once, and let the workers do what it asks for."""
        self.count()
        report = reconcile(desk or self.desk(), Order(**order))
        self.works()
        return report

    def count(self) -> None:
        """Write the counters of the ledger, as its stream would have."""
        for place, counts in self.counts().items():
            self.cloud.table("ledger").put_item(Item={**counters_key(place), **counts})

    def written(self) -> dict[str, bytes]:
        """Return every report."""
        return self.cloud.kept(f"reconciliation/{self.name}/")

    def contacts_sent(self) -> list[str]:
        """List the customers that Netcore was sent, once for each time."""
        return [str(one["CUSTID"]) for one in self.received()]

    def catalogue(self) -> dict[str, dict[str, Any]]:
        """Return the rows of the feed."""
        rows = Catalogue(self.cloud.table("catalogue"), self.name).rows()
        return {str(row["variant"]): dict(row) for row in rows}

    def at(self, gid: str) -> datetime:
        """Return when something changed last in Shopify."""
        kind, id_ = gid.removeprefix("gid://shopify/").split("/")
        found = self.shop.get(f"/_world/{kind.lower()}s/{id_}", params={"shop": self.name}).json()
        return datetime.fromisoformat(found["updatedAt"])

    def _stream(self, source: Pages) -> StreamReader:
        return StreamReader(Asking(self.gateway, self.clock.sleep), source, self.size)


class _Buyers(Mapping[str, Identity | None]):
    """Asks the simulated store whose an order is."""

    def __init__(self, store: Missed) -> None:
        self._store = store

    def __getitem__(self, order: str) -> Identity | None:
        return Reader(self._store.gateway).buyers([order])[order]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def plain(gids: Iterable[str]) -> tuple[str, ...]:
    """Write ids without their kind."""
    return tuple(gid.rpartition("/")[2] for gid in gids)


def _module(topic: str) -> str:
    return "functions.webhooks." + topic.replace("/", ".")
