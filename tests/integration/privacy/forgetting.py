"""An account in which people and stores are forgotten, as the worker does it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from shopbridge import message
from shopbridge.abandonment.secret import Secret
from shopbridge.commands import ErasePerson, EraseStore, Identity
from shopbridge.historic_sync.numbering import number
from shopbridge.message import Head
from shopbridge.privacy.erased import Erased
from shopbridge.privacy.erasing import GOES_ON, Erasing
from shopbridge.privacy.left import Left
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.objects import Objects
from shopbridge.privacy.places import places
from shopbridge.privacy.progress import Erasures
from shopbridge.receipts.effects import shard_of
from shopbridge.station.shift import Shift
from shopbridge.stores.store import Store, never_installed
from shopbridge.work import Item, Result
from tests.integration import messages
from tests.integration.account import ARCHIVED, KEPT, NOW, Account
from tests.integration.test_data_requests import Office, delivery

OTHER = "bean-co.myshopify.com"
CANARY = "cnry.ada@example.com"
ERASE = ErasePerson(Identity("7001", CANARY, "+4930123456"), ("1001",))
MINUTE = timedelta(minutes=1)
SECRET = Secret("5a" * 32)


@dataclass
class Forgetting:
    """An account whose workers live for a minute, and its Netcore; each look at the clock ticks."""

    office: Office
    now: datetime = NOW
    tick: timedelta = timedelta(0)
    shift: Shift = field(default_factory=Shift)

    @property
    def account(self) -> Account:
        """Everything that there is."""
        return self.office.account

    def erasing(self) -> Erasing:
        """Wire the worker."""
        tables = {f"{name.upper()}_TABLE": table for name, table in self.tables().items()}
        return Erasing(
            station=replace(self.account.station, now=self._clock, shift=self.shift),
            places=places(
                tables.__getitem__,
                Objects(self.account.s3, KEPT),
                Objects(self.account.s3, ARCHIVED),
                lambda store: SECRET,
                lambda: self.now,
            ),
            erased=self.erased,
            erasures=partial(Erasures, self.account.receipts),
            left=partial(Left, self.account.stores),
            netcore=Access(client=self.office._client, paced=self.office._paced),
            others=MINUTE,
        )

    def erased(self, store: str) -> Erased:
        """Return who of a store was to be forgotten."""
        return Erased(self.account.receipts, store, lambda: 0.0)

    def person(self, store: Store, command: ErasePerson = ERASE) -> Any:
        """Carry `customers/redact` out once."""
        return self.erasing().person(store, item(command, store.name))

    def gone(self, store: Store, command: ErasePerson = ERASE) -> Any:
        """Carry `customers/redact` out, and again when no older worker lives."""
        self.person(store, command)
        self.now += MINUTE
        return self.person(store, command)

    def store(self, name: str, triggered_at: datetime = NOW) -> Result:
        """Carry `shop/redact` out once, as the store is now."""
        store = self.account.repository(name).get() or never_installed(name, self.now)
        return self.erasing().store(store, item(EraseStore(), name, triggered_at))

    def passes(self, steps: int) -> None:
        """Let an invocation end after so many steps."""
        self.tick = timedelta(seconds=1)
        self.shift.last_start = self.now + self.tick * steps

    def finished(self, run: Any, steps: int) -> list[Result]:
        """Let invocations of so many steps follow each other until one does not go on."""
        results: list[Result] = []
        while not results or results[-1] == GOES_ON:
            self.passes(steps)
            results.append(run())
            assert len(results) < 100, "it never ends"
        return results

    def tables(self) -> dict[str, Any]:
        """Return all tables by name."""
        names = "stores ledger contacts receipts checkouts catalogue runs"
        return {name: getattr(self.account, name) for name in names.split()}

    def dumped(self) -> str:
        """Write out every row and every object that there is."""
        rows = [row for table in self.tables().values() for row in table.scan()["Items"]]
        return f"{rows} {list(self._objects())}"

    def _objects(self) -> Iterator[str]:
        for bucket in (KEPT, ARCHIVED):
            for key in self.account.keys(bucket):
                body = self.account.content(bucket, key)
                if key.startswith("parked/"):
                    body = message.read(body.decode()).body
                yield (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()

    def _clock(self) -> datetime:
        self.now += self.tick
        return self.now


def item(
    command: Any, store: str, triggered_at: datetime = NOW, topic: str = "customers/redact"
) -> Item[Any]:
    """Wrap a command as the queue brings it."""
    head = Head(
        store=store,
        topic="shop/redact" if isinstance(command, EraseStore) else topic,
        event_id="e-redact",
        digest="0123456789abcdef",
        triggered_at=triggered_at,
        received_at=NOW,
    )
    return Item(head, 0, command, "m1", 1)


def known(account: Account, store: str, event: str, resource: str, **more: Any) -> None:
    """Let the ledger know of a delivery, with one command."""
    row = {
        "delivery": f"{store}#{event}",
        "row": "orders/create#d",
        "store": store,
        "resource": f"{store}#{resource}",
        "received_at": "2026-11-23T08:00:00.000000Z",
        "event_id": event,
        "topic": "orders/create",
        "state": "published",
        "commands": [],
    }
    account.ledger.put_item(Item={**row, **more})
    account.ledger.put_item(
        Item={"delivery": row["delivery"], "row": f"{row['row']}#0", "store": store,
              "kind": "RecordActivity", "label": "P", "outcome": "delivered",
              "topic": "orders/create", "received_at": row["received_at"]}
    )  # fmt: skip


def keep(account: Account, store: str, name: str, body: Any, **archived: Any) -> None:
    """Leave a delivery with this body archived, parked and claimed."""
    told = delivery(store, name, body, topic="orders/create", **archived)
    assert not account.archive.add({"1": messages.text(told)})
    place = f"{store}/2026-11-23/{name}"
    account.s3.put_object(Bucket=KEPT, Key=f"parked/{place}", Body=messages.text(told).encode())
    account.s3.put_object(Bucket=KEPT, Key=f"claim/{place}", Body=json.dumps(body).encode())


def plant(account: Account, store: str) -> None:
    """Leave the same customer in every place of a store, as if nothing told stores apart."""
    account.contacts.put_item(
        Item={"store_shard": shard_of(store, "7001"), "customer": "7001", "digest": CANARY}
    )
    keep(account, store, f"e-{store}", {"id": 1001, "email": CANARY, "customer": {"id": 7001}})
    known(account, store, f"e-{store}", "order#1001", title=f"#1001 {CANARY}")
    account.catalogue.put_item(Item={"store": store, "variant": "1", "title": store})
    account.runs.put_item(Item={"store": store, "run": "history"})
    account.s3.put_object(
        Bucket=KEPT,
        Key=f"bulk/{store}/history-1/customers-bulk-001.jsonl",
        Body=json.dumps({"id": "gid://shopify/Customer/7001", "firstName": CANARY}).encode(),
    )


def slice_of(account: Account, store: str, *customers: str) -> None:
    """Leave what a historic sync knows of a slice."""
    run = {"store": store, "run": "history-1#customers-001", "of": "history-1"}
    account.runs.put_item(
        Item={
            **run,
            "stream": "customers",
            "number": 1,
            "until": "2026-11-23T08:00:00Z",
            "received_at": "2026-11-23T08:00:00Z",
            "counted": 2,
        }
    )
    for customer in customers:
        account.ledger.put_item(
            Item={
                "delivery": f"{store}#history-1.customers-001",
                "row": f"history/customers#customers-001#{number(customer, 0)}",
                "label": customer,
            }
        )


def put(account: Account, day: str, bodies: dict[str, bytes]) -> None:
    """Archive deliveries of one day in one object."""
    at = datetime.fromisoformat(f"{day}T08:00:00+00:00")
    told = {
        event: messages.text(
            messages.message(body=body, event_id=event, received_at=at, commands=(), numbers=())
        )
        for event, body in bodies.items()
    }
    assert not account.archive.add(told)
