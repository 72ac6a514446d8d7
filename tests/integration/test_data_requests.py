"""A data request becomes a bundle of what we and Netcore hold of one person, and of nobody else."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from local.netcore.app import create_app
from local.netcore.in_process import InProcess
from shopbridge.archive.reader import ArchiveReader
from shopbridge.commands import ExportPerson, Identity, RefreshContact
from shopbridge.contacts.repository import Contacts
from shopbridge.ledger.rows import summary
from shopbridge.message import Head, Message
from shopbridge.netcore.bucket import Bucket
from shopbridge.netcore.client import NetcoreClient, shared
from shopbridge.netcore.paced import Paced
from shopbridge.netcore.regions import Hosts
from shopbridge.privacy.bundle import Holdings
from shopbridge.privacy.content import Content
from shopbridge.privacy.exporting import Exporting
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.objects import Objects
from shopbridge.privacy.requests import DataRequests
from shopbridge.receipts.effects import shard_of
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store, never_installed
from shopbridge.work import Ended, Item, Later
from tests.integration import messages
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE, Account
from tests.unit.ledger.written import delivery_row

OTHER = "bean-co.myshopify.com"
BASE = "http://netcore.test"
KEY = "netcore-local-key"
COMMAND = ExportPerson(
    request_id="9999", person=Identity("7001", "ada@example.com"), orders=("1001",)
)
HEAD = Head(
    store=STORE,
    topic="customers/data_request",
    event_id="e-request",
    digest="0123456789abcdef",
    triggered_at=NOW - timedelta(minutes=1),
    received_at=NOW - timedelta(minutes=1),
)
PLACE = f"requests/{STORE}/2026-11-23/9999.json"


@dataclass
class Office:
    """One store whose data is asked for, and its Netcore."""

    account: Account
    panel: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(clock=lambda: NOW)
        self.panel = httpx.Client(transport=InProcess(app), base_url=BASE)

    def install(self, key: bool = True, settings: Settings | None = None) -> Store:
        """Install the store; its Netcore key is saved unless `key` is False."""
        repository = self.account.repository(STORE)
        store = repository.install(NOW - timedelta(days=30))
        if settings:
            store = repository.save(store, settings, NOW)
        return repository.save_netcore_key(store, b"sealed") if key else store

    def export(self, store: Store, command: ExportPerson = COMMAND) -> Any:
        """Carry out the request."""
        exporting = Exporting(
            station=self.account.station,
            holdings=self._holdings,
            netcore=Access(client=self._client, paced=self._paced),
        )
        return exporting.export(store, Item(HEAD, 0, command, "m1", 1))

    def fault(self, status: int) -> None:
        """Let Netcore answer its next summary so."""
        fault = {"do": "status", "status": status, "match": {"path": "/apiv2"}}
        assert self.panel.post("/_faults", json=fault).status_code == 201

    def bundle(self) -> Any:
        """Return what was written."""
        return json.loads(self.account.content(KEPT, PLACE))

    def keep(self, *given: Message) -> None:
        """Archive deliveries as they arrive."""
        assert not self.account.archive.add(
            {str(number): messages.text(one) for number, one in enumerate(given)}
        )

    def _holdings(self, store: str) -> Holdings:
        return Holdings(
            contacts=Contacts(self.account.contacts, store),
            ledger=self.account.reader,
            content=Content(
                Objects(self.account.s3, KEPT),
                ArchiveReader(self.account.s3, ARCHIVED, store),
                store,
            ),
        )

    def _client(self, store: Store) -> NetcoreClient:
        del store
        return NetcoreClient(
            shared(self.panel._transport), Hosts(BASE, BASE, BASE), KEY, clock=lambda: 0.0
        )

    def _paced(self, store: Store) -> Paced:
        bucket = Bucket(
            self.account.stores, store.name, now=lambda: NOW, sleep=lambda seconds: None
        )
        circuit = partial(self.account.repository(store.name).open_circuit, store)
        return Paced(bucket, circuit)


@pytest.fixture
def office(account: Account) -> Office:
    """A deployment in which no store is installed yet."""
    return Office(account)


def delivery(store: str, event: str, body: Any, **changes: Any) -> Message:
    """Return one delivery with this body."""
    told = {"store": store, "event_id": event, "commands": (), "numbers": (), **changes}
    return messages.message(body=json.dumps(body).encode(), **told)


def plant(account: Account, store: str) -> None:
    """Write a contact's row and an order's delivery, with ids that other stores have as well."""
    account.contacts.put_item(
        Item={
            "store_shard": shard_of(store, "7001"),
            "customer": "7001",
            "digest": f"digest of {store}",
            "version": "2026-11-22T08:00:00.000000Z",
        }
    )
    account.ledger.put_item(
        Item=delivery_row(
            delivery=f"{store}#e-{store}",
            event_id=f"e-{store}",
            store=store,
            resource=f"{store}#order#1001",
        )
    )


def test_a_bundle_holds_what_was_planted_and_nothing_of_another_store(office: Office) -> None:
    """Contact, ledger, archived and parked content; another store's equal ids stay away."""
    for store in (STORE, OTHER):
        plant(office.account, store)
    office.keep(
        delivery(STORE, "e-1", {"id": 1001, "email": "ada@example.com"}),
        delivery(STORE, "e-2", {"id": 1002, "email": "bob@example.com"}),
        delivery(OTHER, "e-3", {"id": 1001, "email": "ada@example.com"}),
    )
    for store in (STORE, OTHER):
        parked = messages.text(messages.message(RefreshContact("7001"), body=b"", store=store))
        office.account.s3.put_object(
            Bucket=KEPT, Key=f"parked/{store}/2026-11-23/e-4-0", Body=parked.encode()
        )

    result = office.export(office.install(key=False))

    told = office.bundle()
    assert result == Ended("delivered")
    assert told["person"]["customer_id"] == "7001"
    assert told["shopbridge"]["contact"]["digest"] == f"digest of {STORE}"
    assert [one["event_id"] for one in told["shopbridge"]["ledger"]] == [f"e-{STORE}"]
    assert [one["body"] for one in told["shopbridge"]["archive"]] == [
        {"id": 1001, "email": "ada@example.com"}
    ]
    (waiting,) = told["shopbridge"]["parked"]
    assert waiting["commands"] == [{"type": "RefreshContact", "customer_id": "7001"}]
    assert OTHER not in office.account.content(KEPT, PLACE).decode()


def test_a_bundle_says_when_it_is_deleted(office: Office) -> None:
    """The bucket deletes after 14 days, and the bundle itself says so."""
    office.export(office.install(key=False))

    asked = office.bundle()["request"]
    assert asked["id"] == "9999"
    assert asked["made_at"] == "2026-11-23T08:00:00+00:00"
    assert asked["deleted_at"] == "2026-12-07T08:00:00+00:00"


def test_netcores_summary_is_in_the_bundle(office: Office) -> None:
    """Asked for by the value of the store's primary key."""
    office.panel.post(
        "/v3/contact/batchadd",
        headers={"api-key": KEY},
        json={
            "listid": 5,
            "notifyemail": "o@example.com",
            "primarykey": "custid",
            "data": [{"CUSTID": "7001", "CITY": "Pune"}, {"CUSTID": "7002", "CITY": "Goa"}],
        },
    )

    office.export(office.install())

    told = office.bundle()["netcore"]
    assert told["asked"] is True
    assert told["primary_key"] == {"CUSTID": "7001"}
    assert told["user_data"]["attribute_data"] == {"CUSTID": "7001", "CITY": "Pune"}


def test_a_store_that_never_installed_us_gets_an_empty_report(office: Office) -> None:
    """Nothing is held, Netcore cannot be asked; both are said rather than left open."""
    result = office.export(never_installed(STORE, NOW))

    told = office.bundle()
    assert result == Ended("delivered")
    assert told["shopbridge"]["contact"] == {}
    assert told["shopbridge"]["ledger"] == []
    assert told["shopbridge"]["archive"] == []
    assert told["shopbridge"]["parked"] == []
    assert told["netcore"] == {
        "asked": False,
        "because": "The app is not installed in this store; its key of Netcore is deleted."
        " Ask in Netcore's panel.",
    }


def test_a_store_that_left_is_answered_without_netcore(office: Office) -> None:
    """Its rows may still be there for two days; its key of Netcore is not."""
    plant(office.account, STORE)
    store = office.account.repository(STORE).uninstall(office.install(), NOW)

    result = office.export(store)

    told = office.bundle()
    assert result == Ended("delivered")
    assert told["shopbridge"]["contact"]["customer"] == "7001"
    assert told["netcore"]["asked"] is False


@pytest.mark.parametrize(
    ("key", "settings", "because"),
    [
        (False, None, "No API key of Netcore is saved"),
        (True, Settings(primary_key="MOBILE"), "known by MOBILE, which the request does not name"),
    ],
)
def test_why_netcore_was_not_asked_is_said(
    office: Office, key: bool, settings: Settings | None, because: str
) -> None:
    """Without a key, or without what contacts are known by, the merchant has to look."""
    office.export(office.install(key, settings))

    told = office.bundle()["netcore"]
    assert told["asked"] is False
    assert because in told["because"]


def test_netcore_down_is_asked_later(office: Office) -> None:
    """The message stays in its queue; no half bundle is written."""
    office.fault(503)

    result = office.export(office.install())

    assert isinstance(result, Later)
    assert office.account.keys(KEPT) == []


def test_a_refusal_of_netcores_is_told(office: Office) -> None:
    """It documents no answer for a contact it does not know, so its word goes into the bundle."""
    office.fault(400)

    result = office.export(office.install())

    assert result == Ended("delivered")
    assert office.bundle()["netcore"]["answer"].startswith("Netcore answered 400")


def test_the_same_request_twice_is_one_bundle(office: Office) -> None:
    """A redelivery overwrites what the first wrote, under the same name."""
    store = office.install(key=False)

    office.export(store)
    office.export(store)

    assert office.account.keys(KEPT) == [PLACE]


def test_the_request_itself_is_not_reported(office: Office) -> None:
    """It names the person, but says nothing that the asker did not say."""
    own = Message(HEAD, b'{"customer": {"id": 7001}}')
    office.keep(own)

    office.export(office.install(key=False))

    assert office.bundle()["shopbridge"]["archive"] == []


def test_a_bundle_says_how_far_back_the_archive_was_read(office: Office) -> None:
    """With nothing in the way, all 14 days; the day begins where the bundle says."""
    office.export(office.install(key=False))

    assert office.bundle()["shopbridge"]["archive_complete_since"] == "2026-11-09T00:00:00+00:00"


def test_an_archive_too_large_for_one_run_is_told(office: Office) -> None:
    """What was not looked at is not passed off as empty."""
    office.keep(delivery(STORE, "e-1", {"id": 1001}))
    station = office.account.station
    station.shift.ends_at = station.shift.last_start = NOW - timedelta(seconds=1)

    office.export(office.install(key=False))

    told = office.bundle()["shopbridge"]
    assert told["archive"] == []
    assert told["archive_complete_since"] == "2026-11-23T08:00:00+00:00"


def recorded(account: Account, state: str = "delivered", at: datetime = NOW) -> None:
    """Write a request's ledger rows as ingest and worker leave them."""
    row = f"{HEAD.topic}#{HEAD.digest}"
    account.ledger.put_item(
        Item=delivery_row(
            delivery=f"{STORE}#{HEAD.event_id}",
            row=row,
            event_id=HEAD.event_id,
            topic=HEAD.topic,
            resource=f"{STORE}#data_request",
            title="9999",
            received_at="2026-11-23T07:59:00.000000Z",
            commands=[summary(COMMAND, None)],
        )
    )
    if state != "waiting":
        ended = Ended("parked" if state == "parked" else "delivered", "why" * (state == "parked"))
        item = Item(HEAD, 0, COMMAND, "m1", 1)
        account.station.outcomes.write(item, ended, at, kept="parked/x")


def listed(account: Account) -> DataRequests:
    """Return the requests of the store."""
    return DataRequests(account.reader, account.s3, KEPT, STORE)


def test_requests_are_listed_from_the_ledger(office: Office) -> None:
    """Asked for, answered, deleted after: all without looking through a bucket."""
    recorded(office.account)

    (one,) = listed(office.account).list(NOW)

    assert (one.id, one.state) == ("9999", "ready")
    assert one.asked_at.isoformat() == "2026-11-23T07:59:00+00:00"
    assert one.expires is not None
    assert one.expires.isoformat() == "2026-12-07T08:00:00+00:00"


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [("waiting", 0, "waiting"), ("parked", 0, "parked"), ("delivered", 14, "expired")],
)
def test_a_request_without_a_bundle_says_so(
    office: Office, state: str, days: int, expected: str
) -> None:
    """Not made yet, held up, or deleted."""
    recorded(office.account, state)

    (one,) = listed(office.account).list(NOW + timedelta(days=days))

    assert one.state == expected


def test_a_bundle_is_read_where_the_ledger_says(office: Office) -> None:
    """Writer and reader name the same object."""
    recorded(office.account)
    office.export(office.install(key=False))
    requests = listed(office.account)
    one = requests.find("9999", NOW)
    assert one is not None

    told = json.loads(requests.read(one))

    assert told["request"]["id"] == "9999"
