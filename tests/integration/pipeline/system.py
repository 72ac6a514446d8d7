"""One store, from its webhooks to what Netcore holds, on moto and the Netcore simulator."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import httpx
import msgspec

from functions.webhooks.orders.create import handler as orders_create
from local.netcore.app import create_app
from local.netcore.in_process import InProcess
from shopbridge import work
from shopbridge.activities.delivery import Services, deliver
from shopbridge.activities.sending import Sender
from shopbridge.commands import Identity, RecordActivity
from shopbridge.entry import ingest
from shopbridge.entry.observer import Observer
from shopbridge.entry.publisher import Publisher
from shopbridge.entry.queue import Worker
from shopbridge.entry.webhook import Webhook
from shopbridge.errors import NetcoreKeyRefused
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.netcore.bucket import Bucket
from shopbridge.netcore.client import NetcoreClient, shared
from shopbridge.netcore.paced import Paced
from shopbridge.netcore.regions import Hosts
from shopbridge.privacy.erased import Erased
from shopbridge.receipts.repository import Receipts
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.station.station import Station
from shopbridge.stores import row
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile
from shopbridge.stores.reader import ProfileReader
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Status, Store
from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.cloud import BUCKET, Cloud, fetched
from tests.integration.pipeline.lane import Lane
from tests.integration.pipeline.watched import Steps

SECRET = "shpss_cnry_secret"
KEY = "netcore-cnry-key"
BASE = "http://netcore.test"
HOSTS = Hosts(contact=BASE, batch=BASE, activity=BASE)
SETTINGS = Settings(netcore=Netcore(website_id="site-1", list_id=5, notify_email="o@example.com"))

_numbers = count(1)


class System:
    """Everything of one store; a new name each, so that tests can share a cloud."""

    def __init__(
        self,
        cloud: Cloud,
        *,
        status: Status | None = "enabled",
        settings: Settings = SETTINGS,
        clock: Clock | None = None,
    ) -> None:
        self.cloud = cloud
        self.clock = clock or Clock()
        self.name = f"store-{next(_numbers)}.myshopify.com"
        self.lines: list[str] = []
        self.secrets: Sequence[str] = [SECRET]
        self.keys = {self.name: KEY}
        self.buyers: Mapping[str, Identity | None] = {}
        self.lane = Lane(self.clock)
        self.panel = httpx.Client(
            transport=InProcess(
                create_app(
                    api_key=KEY, clock=self.clock.now, sleep=self.clock.asleep, fetch=fetched
                )
            ),
            base_url=BASE,
        )
        self.http = shared(self.panel._transport)
        if status:
            self.install(status, settings)

    def install(self, status: Status, settings: Settings = SETTINGS) -> Store:
        """Write the row of a store that was installed an hour ago."""
        at = self.clock.now() - timedelta(hours=1)
        base = Profile(store=self.name, epoch=1, installed_at=at)
        store = Store(
            name=self.name,
            version=1,
            epoch=1,
            installed_at=at,
            status=status,
            settings=settings,
            profile=compiled(settings, base, at, first=True),
        )
        self.cloud.table("stores").put_item(Item=row.item(store))
        return store

    def repository(self, name: str | None = None) -> StoreRepository:
        """Return the store's row."""
        return StoreRepository(self.cloud.table("stores"), name or self.name)

    def store(self) -> Store:
        """Return the store as it is."""
        store = self.repository().get()
        assert store is not None
        return store

    def ingest(self, steps: Steps | None = None) -> ingest.Services:
        """Build the services of a topic function that has just started."""
        steps, aws = steps or Steps(), self.cloud.aws(self.clock)
        dynamodb = steps.watch("dynamodb", aws.dynamodb)
        secrets = steps.watch("ssm", _Secrets(lambda: self.secrets))
        return ingest.Services(
            secrets=ClientSecrets(secrets.get, self.clock.seconds),
            profiles=ProfileReader(dynamodb, "stores", self.clock.now),
            deliveries=Deliveries(dynamodb, "ledger"),
            publisher=Publisher(
                steps.watch("sns", aws.sns), self.cloud.topic_arn, steps.watch("s3", aws.s3), BUCKET
            ),
            observer=Observer(self.lines.append, self.clock.now),
            now=self.clock.now,
            end_by=aws.end_by,
        )

    def function(
        self, steps: Steps | None = None, handler: Webhook[Any] = orders_create
    ) -> Webhook[Any]:
        """Start a topic function."""
        services = self.ingest(steps)
        return msgspec.structs.replace(handler, services=lambda: services)

    def worker(self, steps: Steps | None = None) -> Worker[RecordActivity, Services]:
        """Start the activities worker."""
        services = self.delivery(steps or Steps())
        return Worker(RecordActivity, deliver, lambda: services)

    def delivery(self, steps: Steps) -> Services:
        """Build the services of the activities worker."""
        station = Station(
            stores=lambda name: StoreRepository(
                steps.watch("stores", self.cloud.table("stores")), name
            ),
            outcomes=Outcomes(steps.watch("ledger", self.cloud.table("ledger"))),
            s3=steps.watch("s3", self.cloud.s3),
            bucket=BUCKET,
            sqs=steps.watch("sqs", self.lane),
            now=self.clock.now,
            erased=self.erased,
        )
        receipts = partial(Receipts, steps.watch("receipts", self.cloud.table("receipts")))
        return Services(
            station=station,
            receipts=receipts,
            buyers=steps.watch("shopify", _Shopify(lambda: self.buyers)).buyers,
            sender=partial(self._sender, steps, receipts),
        )

    def erased(self, store: str) -> Erased:
        """Return who was to be forgotten, as a worker sees it that has just started."""
        return Erased(self.cloud.table("receipts"), store, self.clock.seconds)

    def _sender(
        self, steps: Steps, receipts: Callable[[str], Receipts], store: Store, lane: work.Lane
    ) -> Sender:
        if store.name not in self.keys:
            raise NetcoreKeyRefused("no Netcore API key is saved")
        client = NetcoreClient(self.http, HOSTS, self.keys[store.name], clock=self.clock.seconds)
        table = steps.watch("bucket", self.cloud.table("stores"))
        clock = self.clock
        bucket = Bucket(table, store.name, now=clock.now, sleep=clock.sleep, lane=lane)
        circuit = partial(self.repository(store.name).open_circuit, store)
        return Sender(
            client=steps.watch("netcore", client),
            paced=Paced(bucket, circuit),
            receipts=receipts(store.name),
            now=self.clock.now,
        )

    def pull(self) -> list[str]:
        """Move what SNS put into the activities queue to the lane."""
        return self.lane.put(self.cloud.take("activities", self.name))

    def fault(self, **fault: object) -> None:
        """Plan a fault of Netcore's."""
        assert self.panel.post("/_faults", json=fault).status_code == 201

    def activities(self) -> list[dict[str, Any]]:
        """What Netcore holds."""
        held: list[dict[str, Any]] = self.panel.get("/_received").json()["activities"]
        return held

    def rows(self, event_id: str) -> dict[str, dict[str, Any]]:
        """Return the ledger's rows of one merchant action, by their sort key."""
        items = self.cloud.table("ledger").query(
            KeyConditionExpression="delivery = :d",
            ExpressionAttributeValues={":d": f"{self.name}#{event_id}"},
        )["Items"]
        return {str(item["row"]): dict(item) for item in items}

    def outcomes(self, event_id: str) -> list[str]:
        """Return how the commands of one merchant action ended, in their order."""
        rows = self.rows(event_id)
        return [rows[key]["outcome"] for key in sorted(rows) if "outcome" in rows[key]]

    def ago(self, **ago: float) -> datetime:
        """Return a moment before now."""
        return self.clock.now() - timedelta(**ago)


class _Secrets:
    def __init__(self, secrets: Callable[[], Sequence[str]]) -> None:
        self._secrets = secrets

    def get(self) -> Sequence[str]:
        return self._secrets()


class _Shopify:
    def __init__(self, known: Callable[[], Mapping[str, Identity | None]]) -> None:
        self._known = known

    def buyers(self, store: Store, orders: Sequence[str]) -> Mapping[str, Identity | None]:
        del store
        return {order: self._known().get(order) for order in orders}
