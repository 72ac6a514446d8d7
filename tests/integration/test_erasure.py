"""People and stores are forgotten, everywhere, for good, and nobody else with them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from shopbridge import message, reasons
from shopbridge.commands import (
    Command,
    ErasePerson,
    EraseStore,
    Identity,
    RecordActivity,
    RefreshContact,
)
from shopbridge.message import Head
from shopbridge.privacy.erased import Erased
from shopbridge.privacy.erasing import Erasing
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.places import places
from shopbridge.receipts.effects import shard_of
from shopbridge.stores.store import Store, never_installed
from shopbridge.work import Ended, Item, Later
from tests.integration import messages
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE, Account
from tests.integration.test_data_requests import Office, delivery

OTHER = "bean-co.myshopify.com"
CANARY = "cnry.ada@example.com"
ERASE = ErasePerson(Identity("7001", CANARY, "+4930123456"), ("1001",))
MINUTE = timedelta(minutes=1)


@dataclass
class Forgetting:
    """An account whose worker lives for a minute, and its Netcore."""

    office: Office
    now: Any = field(default=NOW)

    @property
    def account(self) -> Account:
        """Everything that there is."""
        return self.office.account

    def erasing(self) -> Erasing:
        """Wire the worker at the time that it is."""
        tables = {
            "LEDGER_TABLE": self.account.ledger,
            "CONTACTS_TABLE": self.account.contacts,
            "RECEIPTS_TABLE": self.account.receipts,
            "CHECKOUTS_TABLE": self.account.checkouts,
            "CATALOGUE_TABLE": self.account.catalogue,
            "RUNS_TABLE": self.account.runs,
            "STORES_TABLE": self.account.stores,
        }
        return Erasing(
            station=replace(self.account.station, now=lambda: self.now),
            places=places(tables.__getitem__, self.account.s3, KEPT, ARCHIVED, lambda store: None),
            erased=self.erased,
            netcore=Access(client=self.office._client, paced=self.office._paced),
            others=MINUTE,
        )

    def erased(self, store: str) -> Erased:
        """Return who of a store was to be forgotten."""
        return Erased(self.account.receipts, store)

    def person(self, store: Store) -> Any:
        """Carry `customers/redact` out once."""
        return self.erasing().person(store, item(ERASE, store.name))

    def dumped(self) -> str:
        """Write out every row and every object that there is."""
        tables = (
            *(self.account.stores, self.account.ledger, self.account.contacts),
            *(self.account.receipts, self.account.checkouts, self.account.catalogue),
            self.account.runs,
        )
        rows = [row for table in tables for row in table.scan()["Items"]]
        return f"{rows} {list(self._objects())}"

    def _objects(self) -> Iterator[str]:
        for bucket in (KEPT, ARCHIVED):
            for found in self.account.s3.list_objects_v2(Bucket=bucket).get("Contents", []):
                body = self.account.s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
                if found["Key"].startswith("parked/"):
                    body = message.read(body.decode()).body
                yield (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


@pytest.fixture
def forgetting(account: Account) -> Forgetting:
    """An account with one installed store, whose Netcore key is saved."""
    return Forgetting(Office(account))


def item(command: Any, store: str, triggered_at: Any = NOW, number: int = 0) -> Item[Any]:
    """Wrap a command as the queue brings it."""
    head = Head(
        store=store,
        topic="customers/redact",
        event_id="e-redact",
        digest="0123456789abcdef",
        triggered_at=triggered_at,
        received_at=NOW,
    )
    return Item(head, number, command, "m1", 1)


def plant(account: Account, store: str) -> None:
    """Leave the same customer in every place of a store, as if nothing told stores apart."""
    account.contacts.put_item(
        Item={"store_shard": shard_of(store, "7001"), "customer": "7001", "digest": CANARY}
    )
    body = {"id": 1001, "email": CANARY, "customer": {"id": 7001}}
    told = delivery(store, f"e-{store}", body, topic="orders/create")
    assert not account.archive.add({"1": messages.text(told)})
    account.s3.put_object(
        Bucket=KEPT, Key=f"parked/{store}/2026-11-23/e", Body=messages.text(told).encode()
    )
    account.s3.put_object(
        Bucket=KEPT, Key=f"claim/{store}/2026-11-23/e", Body=json.dumps(body).encode()
    )
    account.ledger.put_item(
        Item={
            "delivery": f"{store}#e-{store}",
            "row": "orders/create#d",
            "store": store,
            "resource": f"{store}#order#1001",
            "received_at": "2026-11-23T08:00:00.000000Z",
            "title": f"#1001 {CANARY}",
            "event_id": f"e-{store}",
            "topic": "orders/create",
            "state": "published",
            "commands": [],
        }
    )
    account.catalogue.put_item(Item={"store": store, "variant": "1", "title": store})
    account.runs.put_item(Item={"store": store, "run": "history"})
    account.s3.put_object(
        Bucket=KEPT,
        Key=f"bulk/{store}/history-1/customers-bulk-001.jsonl",
        Body=json.dumps({"id": "gid://shopify/Customer/7001", "firstName": CANARY}),
    )


def test_a_person_is_gone_from_every_place(forgetting: Forgetting) -> None:
    """Rows, archived, parked and claimed content: a search of all bytes finds nobody."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)
    assert CANARY in forgetting.dumped()

    forgetting.person(store)

    assert CANARY not in forgetting.dumped()


def test_the_same_customer_of_another_store_stays(forgetting: Forgetting) -> None:
    """Equal ids and addresses in two stores are two people."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)
    plant(forgetting.account, OTHER)

    forgetting.person(store)

    assert forgetting.dumped().count(CANARY) == 6
    assert STORE not in str(forgetting.account.contacts.scan()["Items"])
    kept = forgetting.account.s3.list_objects_v2(Bucket=KEPT)["Contents"]
    assert {found["Key"].split("/")[1] for found in kept} == {OTHER}


def test_netcore_is_asked_when_nobody_sends_any_more(forgetting: Forgetting) -> None:
    """First the digests, then a worker's life is waited for, then Netcore; twice is as good."""
    store = forgetting.office.install()

    first = forgetting.person(store)
    forgetting.now = NOW + MINUTE
    second = forgetting.person(store)
    third = forgetting.person(store)

    received = forgetting.office.panel.get("/_received").json()
    assert first == Later("workers that began before may still send", 61)
    assert (second, third) == (Ended("delivered"), Ended("delivered"))
    assert len(received["erasures"]) == 2


def test_without_a_key_netcore_cannot_be_asked(forgetting: Forgetting) -> None:
    """A store that left, or one never known: forgotten here, and the reason says what is left."""
    forgetting.person(never_installed(OTHER, NOW))
    forgetting.now = NOW + MINUTE

    done = forgetting.person(never_installed(OTHER, NOW))

    assert done == Ended("delivered", reasons.NOT_AT_NETCORE)


@pytest.mark.parametrize(
    ("command", "later", "stopped"),
    [
        (RefreshContact("7001"), -MINUTE, True),
        (RefreshContact("7001"), MINUTE, True),
        (RefreshContact("7002"), -MINUTE, False),
        (RecordActivity("P", "order#9", Identity(email=CANARY.upper()), {}), -MINUTE, True),
        (RecordActivity("P", "order#9", Identity(email=CANARY), {}), MINUTE, False),
        (RecordActivity("P", "order#9", Identity(phone="+49 30 123456"), {}), -MINUTE, True),
        (RecordActivity("P", "order#9", Identity(email="bo@example.com"), {}), -MINUTE, False),
    ],
    ids=["id before", "id after", "other id", "e-mail", "e-mail after", "phone", "other e-mail"],
)
def test_nothing_brings_a_person_back(
    forgetting: Forgetting, command: Command, later: timedelta, stopped: bool
) -> None:
    """An id is stopped for good, an address for what was triggered before; others are not."""
    forgetting.person(forgetting.office.install())

    found = forgetting.erased(STORE).stopped([item(command, STORE, NOW + later)])

    assert found == [stopped]
    assert forgetting.erased(OTHER).stopped([item(command, OTHER, NOW - MINUTE)]) == [False]


def test_what_stays_of_a_person_are_digests(forgetting: Forgetting) -> None:
    """Neither id nor address can be read where the forgotten are noted."""
    forgetting.person(forgetting.office.install())

    noted = str(forgetting.account.receipts.scan()["Items"])

    assert len(forgetting.account.receipts.scan()["Items"]) == 4
    assert not any(text in noted for text in ("7001", CANARY, "4930123456"))


def test_a_store_that_left_is_forgotten(forgetting: Forgetting) -> None:
    """What stays is its name, its epoch and when it left; another store keeps everything."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)
    plant(forgetting.account, OTHER)
    left = forgetting.account.repository(STORE).uninstall(store, NOW)

    done = forgetting.erasing().store(left, item(EraseStore(), STORE, NOW + MINUTE))

    assert done == Ended("delivered", reasons.NOT_AT_NETCORE)
    after = forgetting.account.repository(STORE).get()
    assert after
    assert (after.epoch, after.status, after.settings.netcore.website_id) == (1, "uninstalled", "")
    dumped = forgetting.dumped()
    assert dumped.count(CANARY) == 6
    assert f"{STORE}#e-" not in dumped


def test_what_the_ledger_knows_of_older_events_goes_too(forgetting: Forgetting) -> None:
    """Beyond the archive's days, receipts and contacts say what a store's rows are about."""
    account, store = forgetting.account, forgetting.office.install()
    for event, resource in (("e-old", "order#1001"), ("e-older", "customer#7001")):
        account.ledger.put_item(
            Item={
                "delivery": f"{STORE}#{event}",
                "row": "topic#d",
                "store": STORE,
                "resource": f"{STORE}#{resource}",
                "received_at": "2026-10-01T08:00:00.000000Z",
                "commands": [],
                "state": "published",
                "event_id": event,
                "topic": "orders/create",
            }
        )
    effect = "site/Product Purchase/order#1001/"
    account.receipts.put_item(Item={"store_shard": shard_of(STORE, effect), "effect": effect})
    account.contacts.put_item(Item={"store_shard": shard_of(STORE, "7001"), "customer": "7001"})
    left = account.repository(STORE).uninstall(store, NOW)

    forgetting.erasing().store(left, item(EraseStore(), STORE, NOW + MINUTE))

    assert account.ledger.scan()["Items"] == []


def test_a_store_that_came_back_is_not_forgotten(forgetting: Forgetting) -> None:
    """The order of two days ago is about an install that has ended."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)

    done = forgetting.erasing().store(store, item(EraseStore(), STORE, NOW - timedelta(days=40)))

    assert done == Ended("superseded", reasons.INSTALLED_AGAIN)
    assert CANARY in forgetting.dumped()
