"""Whoever was to be forgotten is told to Netcore no more, whatever brings them back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from botocore.exceptions import ConnectTimeoutError

from shopbridge import reasons
from shopbridge.activities.delivery import deliver
from shopbridge.commands import (
    ChangeConsent,
    CloseCheckout,
    Command,
    Identity,
    RecordActivity,
    RefreshContact,
    SendContact,
)
from shopbridge.entry.queue import Worker
from shopbridge.privacy import names
from shopbridge.privacy.erased import Erased
from shopbridge.stores.settings import Settings
from shopbridge.work import Item
from tests.integration.messages import message
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.people import People
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Steps

ERASED = f"superseded {reasons.ERASED}"
NOBODY = f"unidentified {reasons.NOBODY}"
ADA = Identity("7001", "cnry-ada@example.com", "+4930123456")
GERMAN = SETTINGS.model_copy(update={"country": "DE"})


def forgetful(cloud: Cloud, settings: Settings = SETTINGS, person: Identity = ADA) -> People:
    """Start a store with a customer whom it has just been told to forget, with one order."""
    people = People(cloud, settings=settings)
    people.customer()
    named = names.of_person(person, ["5001"], settings.country)
    people.erased(people.name).note(named, people.clock.now())
    return people


@pytest.fixture
def people(cloud: Cloud) -> People:
    """A store that has just forgotten Ada."""
    return forgetful(cloud)


def purchase(people: People, order: str = "6001", hours: float = -1, **who: Any) -> RecordActivity:
    """Write a purchase of somebody, so many hours from now."""
    at = people.clock.now() + timedelta(hours=hours)
    return RecordActivity("Product Purchase", f"order#{order}", Identity(**who), {}, at)


def watched(people: People, steps: Steps) -> Erased:
    """Look through a table whose calls are counted, or fail."""
    table = steps.watch("receipts", people.cloud.table("receipts"))
    return Erased(table, people.name, people.clock.seconds)


def recorded(people: People, *commands: Command) -> list[str]:
    """Let the worker of activities carry commands out; return how they ended."""
    events = people.send(*commands)
    people.lane.settle(people.worker())
    return people.ends(events)


def test_contact_is_not_sent_again(people: People) -> None:
    """Shopify is not even asked."""
    assert people.refresh("7001") == [ERASED]
    assert (people.asked, people.received(), people.row()) == ([], [], {})


def test_history_does_not_bring_them_back(people: People) -> None:
    """What a historic sync read before is stopped by the id."""
    read = msgspec.Raw(msgspec.json.encode(people.customers["7001"]))
    events = people.send(SendContact("7001", read, people.clock.now()))

    people.lane.settle(people.contacts_worker())

    assert people.ends(events) == [ERASED]


def test_consent_is_not_carried_over(people: People) -> None:
    """No blacklisting and no row."""
    said = ChangeConsent("7001", "email", "unsubscribed", people.clock.now(), "cnry@example.com")

    assert people.change(said) == [ERASED]
    assert (people.received("blacklist"), people.row()) == ([], {})


@pytest.mark.parametrize(
    "who",
    [
        {"customer_id": "7001", "email": "new@example.com"},
        {"email": " CNRY-Ada@example.com"},
        {"phone": "+49 30 123456"},
        {"order_id": "5001"},
    ],
    ids=["customer", "e-mail", "phone", "order"],
)
def test_any_name_stops_an_activity(people: People, who: dict[str, Any]) -> None:
    """By id, by address in any spelling, or by an order that was to be forgotten with them."""
    assert recorded(people, purchase(people, **who)) == [ERASED]
    assert people.activities() == []


def test_an_order_to_be_forgotten_is_not_sent(people: People) -> None:
    """Though its body names somebody of whom nothing is known."""
    assert recorded(people, purchase(people, "5001", customer_id="7009")) == [ERASED]


def test_a_fulfillment_is_stopped_by_its_buyer(people: People) -> None:
    """It names an order alone; Shopify says whose it is, and they were to be forgotten."""
    people.buyers = {"6001": Identity("7001", "cnry-ada@example.com"), "6002": Identity("7002")}
    sent = RecordActivity(
        "Fulfillment Update", "fulfillment#1", Identity(order_id="6001"), {}, people.clock.now()
    )
    of_another = RecordActivity(
        "Fulfillment Update", "fulfillment#2", Identity(order_id="6002"), {}, people.clock.now()
    )

    ends = recorded(people, sent, of_another)

    assert ends == [ERASED, "delivered"]
    assert [one["identity"] for one in people.activities()] == ["7002"]


def test_an_address_is_free_for_what_happens_later(people: People) -> None:
    """A guest's older purchase is stopped whenever it arrives; a newer one is somebody's else."""
    people.clock.sleep(7200)
    older = purchase(people, "6001", hours=-3, email="cnry-ada@example.com")
    newer = purchase(people, "6002", hours=-1, customer_id="7002", email="cnry-ada@example.com")

    assert recorded(people, older, newer) == [ERASED, "delivered"]


@pytest.mark.parametrize(
    ("noted", "seen"),
    [
        ("030 123456", "+49 30 123456"),
        ("+4930123456", "030/123456"),
        ("030123456", "030-123456"),
        ("(030) 123456", "004930123456"),
    ],
)
def test_a_number_without_prefix_is_the_stores(cloud: Cloud, noted: str, seen: str) -> None:
    """In a German store, `030 123456` and `+49 30 123456` are one number."""
    people = forgetful(cloud, GERMAN, Identity(phone=noted))

    assert recorded(people, purchase(people, phone=seen)) == [ERASED]


def test_another_number_is_somebody_else(cloud: Cloud) -> None:
    """The same digits behind another country's code are no spelling of it."""
    people = forgetful(cloud, GERMAN, Identity(phone="030 12345678"))

    assert recorded(people, purchase(people, phone="+33 30 12345678")) == [NOBODY]


def test_nobody_else_is_stopped(people: People, cloud: Cloud) -> None:
    """Another customer of the store, and the same id in another store."""
    people.customer("7002")
    other = People(cloud)
    other.customer("7001")

    assert people.refresh("7002") == ["delivered"]
    assert other.refresh("7001") == ["delivered"]


def test_nothing_of_them_is_parked(people: People) -> None:
    """While the store is paused, what would wait for somebody is dropped: it would be kept."""
    people.repository().set_status(people.store(), "paused")

    ends = recorded(people, purchase(people, customer_id="7001"))

    assert ends == [ERASED]
    assert people.cloud.kept(f"parked/{people.name}/") == {}


def test_the_ledger_does_not_name_whom_it_stopped(people: People) -> None:
    """Its row says that something was stopped, and nothing of whom; it is kept for 90 days."""
    (event,) = people.send(RefreshContact("7001"))

    people.lane.settle(people.contacts_worker())

    (row,) = people.rows(event).values()
    assert (row["outcome"], row["label"], row["effect"]) == ("superseded", "", "")


def test_a_buyer_closes_no_checkout(people: People) -> None:
    """An order of theirs leaves no mark of its buyer, not even a digest."""
    named = names.of_command(CloseCheckout(buyer=ADA), "")

    assert named == {
        "id:7001",
        "email:cnry-ada@example.com",
        "phone:4930123456",
    }


def test_a_worker_that_cannot_look_sends_nothing(people: People) -> None:
    """It is put off until it is known who was to be forgotten."""
    (event,) = people.send(purchase(people, customer_id="7002"))
    steps = Steps(at=1, of="receipts.get_item", error=ConnectTimeoutError(endpoint_url="x"))
    services = people.delivery(Steps())
    station = replace(services.station, erased=lambda store: watched(people, steps))

    people.lane.run(Worker(RecordActivity, deliver, lambda: replace(services, station=station)))
    before = people.activities()
    people.lane.settle(people.worker())

    assert before == []
    assert people.ends([event]) == ["delivered"]


def test_who_was_forgotten_is_asked_once_while_nobody_was(cloud: Cloud) -> None:
    """A warm worker reads one row in ten seconds; where somebody was, the salt stays read."""
    people, steps = People(cloud), Steps()
    erased = watched(people, steps)
    bought = purchase(people, customer_id="7001")
    items = [Item(message(bought).head, 0, bought, "m1", 1)]

    first = [erased.stopped(items, "") for _ in range(50)]
    people.erased(people.name).note(["id:7001"], people.clock.now())
    people.clock.sleep(11)
    second = [erased.stopped(items, "") for _ in range(50)]

    assert first == [[False]] * 50
    assert second == [[True]] * 50
    assert steps.made == ["receipts.get_item"] * 2 + ["receipts.batch_get_item"] * 50


def test_an_older_request_frees_no_address(people: People) -> None:
    """Of two requests the later word about an address stands, in whatever order they come."""
    erased = people.erased(people.name)

    erased.note(["email:cnry-ada@example.com"], people.clock.now() - timedelta(days=9))

    assert recorded(people, purchase(people, email="cnry-ada@example.com")) == [ERASED]
