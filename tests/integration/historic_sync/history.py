"""A store with a past, on the store simulator, moto and the Netcore simulator."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.oauth.pairs import SCOPES
from local.store.served import Terms
from local.store.world import World
from shopbridge import times
from shopbridge.commands import SendContact
from shopbridge.entry.task import Task
from shopbridge.historic_sync.asking import Asking
from shopbridge.historic_sync.bulk.asking import withdraw
from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.historic_sync.bulk.results import Results
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.finishing import finish
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.listed import ListedReader
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.planning import plan
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.reading import read
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import ReaderWanted, Run, Slice, Stream
from shopbridge.historic_sync.settling import settle
from shopbridge.historic_sync.slicing import MOST
from shopbridge.historic_sync.step import Desk, Sizes
from shopbridge.historic_sync.streams import SOURCES, chosen
from shopbridge.historic_sync.verifying import verify
from shopbridge.ledger.counted import Counts, change
from shopbridge.ledger.rows import command_key
from shopbridge.message import read_head
from shopbridge.shopify import wire
from shopbridge.shopify.bulk import BulkOperations
from shopbridge.shopify.download import Download
from shopbridge.shopify.gateway import Gateway
from shopbridge.stores import row
from shopbridge.stores.settings import HistoricSync, Netcore, Settings
from shopbridge.stores.store import Store
from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.cloud import BUCKET, Cloud
from tests.integration.pipeline.people import People
from tests.integration.pipeline.watched import Crash, Steps

BASE = "http://store.test"
SETTINGS = Settings(
    netcore=Netcore(website_id="site-1", list_id=5, notify_email="o@example.com"),
    historic_sync=HistoricSync(contacts=True),
)
NEXT = {"plan": "read", "read": "settle", "settle": "verify", "verify": "finish", "finish": ""}
"""Which task follows one that is done."""
BACK = {"verify": "read", "finish": "plan"}
"""Which task follows one that says `again`."""
MOST_TASKS = 500
"""A run that takes more stands still."""
WORK = {"plan": plan, "read": read, "settle": settle, "verify": verify, "finish": finish}


@dataclass
class Office:
    """What tasks need from outside, every call on it a step at which it may die."""

    history: "History"
    steps: Steps = field(default_factory=Steps)

    def store(self, name: str) -> Store | None:
        """Return the store as it is now."""
        return self.history.repository(name).get()

    def runs(self, store: str) -> Runs:
        """Return the runs of a store."""
        return Runs(self.steps.watch("runs", self.history.cloud.table("runs")), store)

    def control(self, store: str) -> Control:
        """Return what starts executions."""
        return Control(self.runs(store), self.history.launched.append, self.now)

    def now(self) -> Any:
        """Tell the time."""
        return self.history.clock.now()

    def desk(self, store: Store, run: Run, is_late: Callable[[], bool]) -> Desk:
        """Return all that a task may use."""
        cloud, watch = self.history.cloud, self.steps.watch
        return Desk(
            store=store,
            run=run,
            runs=self.runs(store.name),
            reader=self._reader,
            bulk=lambda: BulkOperations(watch("shopify", self.history.gateway)),
            results=Results(watch("s3", cloud.s3), BUCKET, store.name, block=self.history.block),
            fetch=watch("google", Download(self.history.shop._transport)).piece,
            listed=self._listed,
            manifests=Manifests(watch("s3", cloud.s3), BUCKET, store.name),
            ledger=SliceLedger(watch("ledger", cloud.table("ledger")), run),
            lanes=Lanes(watch("sqs", cloud.sqs), cloud.queue_urls),
            now=self.now,
            is_late=self.history.lateness() or is_late,
            sizes=self.history.sizes,
        )

    def _reader(self, stream: Stream) -> StreamReader:
        return StreamReader(self._asking(), SOURCES[stream], self.history.size)

    def _listed(self, stream: Stream, ids: Sequence[str]) -> ListedReader:
        return ListedReader(self._asking(), SOURCES[stream], ids, self.history.size)

    def _asking(self) -> Asking:
        gateway = self.steps.watch("shopify", self.history.gateway)
        return Asking(gateway, self.history.clock.sleep)


class History(People):
    """A store with `customers` and their past; pages hold `size` of them, slices `most`."""

    def __init__(  # noqa: PLR0913 - what a store can differ in
        self,
        cloud: Cloud,
        *,
        customers: int = 12,
        size: int = 250,
        most: int = MOST,
        settings: Settings = SETTINGS,
        products: int = 2,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(cloud, settings=settings, clock=clock)
        self.note(scopes=SCOPES)
        self.size = size
        self.sizes = Sizes(in_slice=most)
        self.block = 1000
        self.patience: int | None = None
        """How often a task may ask whether it is late before it is; None: by the clock."""
        self.launched: list[Run] = []
        self.taken: dict[str, Any] = {}
        self.work: Callable[[], None] = self.deliver
        shop = Shop(
            self.name,
            Terms(plan="plus"),
            start=self.clock.now(),
            customers=customers,
            products=products,
        )
        app = create_app(
            [shop], seconds=self.clock.seconds, now=self.clock.now, sleep=self.clock.asleep
        )
        self.world: World = app.state.stores[self.name].world
        self.shop = httpx.Client(transport=InProcess(app), base_url=BASE)
        self.admin = wire.connect(BASE, self.shop._transport, self.clock.seconds)
        self.token = self.granted = shop.terms.token

    @property
    def bulk(self) -> BulkOperations:
        """The store's bulk operations."""
        return BulkOperations(self.gateway)

    @property
    def gateway(self) -> Gateway:
        """The store's Admin API."""
        return Gateway(self.admin, self.name, self.token)

    def grant(self, *scopes: str) -> None:
        """Let the merchant grant further scopes."""
        wanted = SCOPES | set(scopes)
        granted = self.shop.post("/_app", json={"do": "grant", "scopes": sorted(wanted)})
        assert granted.status_code == 200, granted.text
        self.note(scopes=wanted)

    def note(self, **changes: Any) -> None:
        """Change the store's row."""
        changed = dataclasses.replace(self.store(), **changes)
        self.cloud.table("stores").put_item(Item=row.item(changed))

    def control(self) -> Control:
        """Return what starts and stops runs."""
        return Office(self).control(self.name)

    def start(self, reader: ReaderWanted = "auto") -> Run:
        """Start what the settings choose."""
        store = self.store()
        return self.control().start(store, chosen(store.settings), reader=reader)

    def begin_bulk(self) -> Run:
        """Start a run by bulk operations, and let it go on until it waits for Shopify."""
        run = self.start("bulk")
        for task in ("plan",) * (len(run.streams) + 1) + ("read",):
            self.task(task, run)
        return run

    def latest(self) -> Run:
        """Return the run as it is."""
        run = Runs(self.cloud.table("runs"), self.name).latest()
        assert run is not None
        return run

    def slices(self) -> list[Slice]:
        """Return the slices of the run."""
        return Runs(self.cloud.table("runs"), self.name).slices(self.latest())

    def lateness(self) -> Callable[[], bool] | None:
        """Return what says that a task is late, where no clock does."""
        if self.patience is None:
            return None
        looks = iter(range(self.patience))
        return lambda: next(looks, None) is None

    def operations(self) -> list[Operation]:
        """Return the bulk operations of the run."""
        return Runs(self.cloud.table("runs"), self.name).operations(self.latest())

    def at_shopify(self) -> list[Any]:
        """Return the bulk operations as Shopify has them."""
        found: list[Any] = self.shop.get("/_bulk").json()
        return found

    def results(self) -> list[str]:
        """List the results that lie in S3."""
        found = self.cloud.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"bulk/{self.name}/")
        return [each["Key"] for each in found.get("Contents", ())]

    @property
    def manifests(self) -> Manifests:
        """What the store's runs have read and missed."""
        return Manifests(self.cloud.s3, BUCKET, self.name)

    def task(
        self, name: str, run: Run, watched: Steps | None = None, **told: Any
    ) -> dict[str, Any]:
        """Let one task work, as the state machine calls it."""
        office = Office(self, watched or Steps())
        order = {"store": run.store, "run": run.id, "part": run.part, **told}
        leave = withdraw if name == "read" else None
        return Task(WORK[name], lambda: office, leave)(order, None)

    def follow(
        self,
        run: Run,
        kills: Iterable[Steps] = (),
        *,
        at: str = "plan",
        until: Callable[[dict[str, Any]], bool] = lambda told: False,
    ) -> list[str]:
        """
        Do what tasks say until the run stops, or `until`; return the tasks that were done.

        Each of `kills` is for one task; a task that was killed is called again, as Step
        Functions does. While one waits, the workers work.
        """
        left, done = list(kills), list[str]()
        while at:
            assert len(done) < MOST_TASKS, f"never ends: {done[-3:]}"
            steps = left.pop(0) if left else None
            try:
                told = self.task(at, run, steps)
            except Crash:
                continue
            done.append(at)
            if until(told):
                break
            match told["next"]:
                case "wait":
                    if at != "finish":
                        self.work()
                    self.clock.sleep(told["seconds"])
                case "done":
                    at = NEXT[at]
                case "again":
                    at = BACK[at]
                case "stop":
                    at = ""
        return done

    def deliver(self) -> None:
        """Let the workers empty the history lanes."""
        self.lane.put(self.cloud.take("contacts-history", self.name))
        self.lane.settle(self.contacts_worker(), batch=40)
        self.lane.put(self.cloud.take("activities-history", self.name))
        self.lane.settle(self.worker(), batch=40)

    def take_all(self) -> None:
        """Stand in for worker and Netcore, many customers at once: keep and record them."""
        outcomes = {}
        for text in self.cloud.take("contacts-history", self.name):
            head = read_head(text)
            for number, command in zip(head.numbers, head.commands, strict=True):
                assert isinstance(command, SendContact)
                self.taken[command.customer_id] = command.data
                key = command_key(head, number)
                outcomes[key.row] = {
                    "delivery": key.delivery,
                    "row": key.row,
                    "store": head.store,
                    "topic": head.topic,
                    "received_at": times.text(head.received_at),
                    "kind": "SendContact",
                    "outcome": "delivered",
                }
        with self.cloud.table("ledger").batch_writer() as batch:
            for row in outcomes.values():
                batch.put_item(Item=row)

    def _reader(self, steps: Steps, store: Store) -> Any:
        reader = super()._reader(steps, store)
        reader._gateway = self.gateway
        return reader

    def in_shopify(self, kind: str = "customers") -> list[str]:
        """List the ids of everything of `kind` in the store."""
        found: Any = self.shop.get(f"/_world/{kind}").json()
        return sorted(str(one["id"]).rpartition("/")[2] for one in found)

    def at_netcore(self) -> list[str]:
        """List the customers whom Netcore has been sent, once for each time."""
        return sorted(str(one["CUSTID"]) for one in self.received())

    def profiles(self) -> dict[str, Any]:
        """Return what Netcore knows of everybody."""
        profiles: Any = self.panel.get("/_state").json()["contacts"]
        return {one["id"]: (one["attributes"], one["blacklisted"]) for one in profiles}

    def counts(self) -> Counts:
        """Count the ledger's rows of this store, as its stream would."""
        pages: Any = self.cloud.dynamodb.meta.client.get_paginator("scan").paginate(
            TableName="ledger"
        )
        total: Counts = {}
        for item in (item for page in pages for item in page["Items"]):
            if item.get("store") == self.name:
                for place, counts in change(None, item).items():
                    total.setdefault(place, Counter()).update(counts)
        return total
