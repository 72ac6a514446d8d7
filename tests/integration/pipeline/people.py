"""One store's customers, from what Shopify knows to what Netcore holds."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import httpx

from shopbridge.commands import ChangeConsent, Command, RefreshContact, SendContact
from shopbridge.consents import delivery as consents
from shopbridge.consents.keys import keys
from shopbridge.consents.settle import Settling
from shopbridge.contacts import delivery as contacts
from shopbridge.contacts.refresh import Refresh
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.sending import Sender
from shopbridge.entry.contact_wiring import panel
from shopbridge.entry.queue import Worker
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import Head, write
from shopbridge.netcore.bucket import Bucket
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.readers import Reader
from shopbridge.station.station import Station
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.work import Lane
from tests.integration.pipeline.cloud import BUCKET
from tests.integration.pipeline.system import HOSTS, System
from tests.integration.pipeline.watched import Steps
from tests.unit.shopify.admin import answering, customer

_events = count(1)


@dataclass
class Meanwhile(Steps):
    """Lets something else happen, once, just before the first call of `of` is made."""

    do: Callable[[], object] = lambda: None
    is_done: bool = False

    def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
        """Make one call, the first awaited one after the other thing."""
        if name == self.of and not self.is_done:
            self.is_done = True
            self.do()
        return super().call(name, method, args, kwargs)


class People(System):
    """A store with customers; Shopify answers from `customers`, or as `answer` says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers: dict[str, dict[str, Any]] = {}
        self.answer: Callable[[httpx.Request], httpx.Response] = self.nodes
        self.asked: list[list[str]] = []
        self.admin = wire.connect(None, httpx.MockTransport(self._answered), self.clock.seconds)

    def _answered(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request)

    def customer(self, id_: str = "7001", **changes: Any) -> None:
        """Change a customer in Shopify, or make one."""
        self.customers[id_] = customer(id_, **changes)

    def said(self, state: str, at: str | None, id_: str = "7001", **address: str) -> None:
        """Change a customer's e-mail consent in Shopify."""
        email = {"emailAddress": f"c{id_}@example.com", **address}
        consent = {"marketingState": state, "marketingUpdatedAt": at}
        self.customer(id_, defaultEmailAddress={**email, **consent})

    def nodes(self, request: httpx.Request) -> httpx.Response:
        """Answer `nodes(ids:)`."""
        ids = [one.rpartition("/")[2] for one in json.loads(request.content)["variables"]["ids"]]
        self.asked.append(ids)
        return answering(data={"nodes": [self.customers.get(one) for one in ids]})

    def send(self, *commands: Command) -> list[str]:
        """Put each command into the queue by itself; return their event ids."""
        heads = [
            Head(
                store=self.name,
                topic="customers/update",
                event_id=f"event-{next(_events):05}",
                digest="0123456789abcdef",
                triggered_at=self.clock.now(),
                received_at=self.clock.now(),
                commands=(command,),
                numbers=(0,),
            )
            for command in commands
        ]
        self.lane.put(write(head, b"") for head in heads)
        return [head.event_id for head in heads]

    def refresh(self, *ids: str, steps: Steps | None = None, batch: int = 100) -> list[str]:
        """Send `RefreshContact` for `ids` and run the worker until all ended."""
        events = self.send(*(RefreshContact(one) for one in ids or ("7001",)))
        self.lane.run(self.contacts_worker(steps), batch=batch)
        self.lane.settle(self.contacts_worker(), batch=batch)
        return self.ends(events)

    def change(
        self, *commands: ChangeConsent, steps: Steps | None = None, batch: int = 100
    ) -> list[str]:
        """Send changes of consent and run the worker until all ended."""
        events = self.send(*commands)
        self.lane.run(self.consents_worker(steps), batch=batch)
        self.lane.settle(self.consents_worker(), batch=batch)
        return self.ends(events)

    def ends(self, events: Sequence[str]) -> list[str]:
        """Return how single commands ended, with the reason where there is one."""
        rows = [row for event in events for row in self.rows(event).values()]
        return [" ".join(filter(None, (row["outcome"], row["reason"]))) for row in rows]

    def contacts_worker(
        self, steps: Steps | None = None
    ) -> Worker[contacts.Contact, contacts.Services]:
        """Start the worker of contacts."""
        steps = steps or Steps()
        services = contacts.Services(self._station(steps), partial(self._refresh, steps))
        return Worker((RefreshContact, SendContact), contacts.deliver, lambda: services)

    def consents_worker(
        self, steps: Steps | None = None
    ) -> Worker[ChangeConsent, consents.Services]:
        """Start the worker of consents."""
        steps = steps or Steps()
        services = consents.Services(
            station=self._station(steps),
            keys=partial(keys, reader=partial(self._reader, steps)),
            settling=partial(self._settling, steps),
        )
        return Worker(ChangeConsent, consents.deliver, lambda: services)

    def row(self, id_: str = "7001") -> dict[str, Any]:
        """Return a contact's row."""
        return dict(self._contacts(Steps()).get([id_])[id_].item)

    def held(self, id_: str = "7001") -> dict[str, Any]:
        """Return what Netcore knows about a contact, with `blacklisted` in between."""
        for profile in self.panel.get("/_state").json()["contacts"]:
            if profile["id"] == id_:
                return {**profile["attributes"], "blacklisted": profile["blacklisted"]}
        return {}

    def received(self, kind: str = "contacts") -> list[dict[str, Any]]:
        """Return everything of `kind` that Netcore accepted, oldest first."""
        found: list[dict[str, Any]] = self.panel.get("/_received").json()[kind]
        return found

    @property
    def subscription(self) -> str:
        """Name the store's subscription attribute."""
        return f"SH_EMAIL_SUBSCRIPTION_{self.name.partition('.')[0].replace('-', '_').upper()}"

    def _station(self, steps: Steps) -> Station:
        return Station(
            stores=lambda name: StoreRepository(self.cloud.table("stores"), name),
            outcomes=Outcomes(steps.watch("ledger", self.cloud.table("ledger"))),
            s3=steps.watch("s3", self.cloud.s3),
            bucket=BUCKET,
            sqs=steps.watch("sqs", self.lane),
            now=self.clock.now,
            erased=self.erased,
        )

    def _refresh(self, steps: Steps, store: Store, lane: Lane) -> Refresh:
        sender = self._contact_sender(steps, store, lane)
        reader = steps.watch("shopify", self._reader(steps, store))
        return Refresh(store, reader, sender.contacts, sender, self.clock.now)

    def _settling(self, steps: Steps, store: Store) -> Settling:
        sender = self._contact_sender(steps, store)
        return Settling(store, sender.contacts, sender)

    def _reader(self, steps: Steps, store: Store) -> Reader:
        return Reader(Gateway(self.admin, store.name, "shpat_cnry"))

    def _contacts(self, steps: Steps) -> Contacts:
        return Contacts(steps.watch("contacts", self.cloud.table("contacts")), self.name)

    def _contact_sender(self, steps: Steps, store: Store, lane: Lane = "live") -> Sender:
        client = NetcoreClient(self.http, HOSTS, self.keys[store.name], clock=self.clock.seconds)
        clock, table = self.clock, self.cloud.table("stores")
        bucket = Bucket(table, store.name, now=clock.now, sleep=clock.sleep, lane=lane)
        circuit = partial(self.repository(store.name).open_circuit, store)
        return Sender(
            client=steps.watch("netcore", client),
            paced=Paced(bucket, circuit),
            contacts=self._contacts(steps),
            panel=panel(store),
            now=self.clock.now,
        )
