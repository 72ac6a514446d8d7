"""The worker of contacts: what Shopify says now is what Netcore ends with."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from shopbridge.commands import RefreshContact
from shopbridge.errors import NetcoreUnavailable
from shopbridge.stores.settings import Netcore, Settings
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.people import Meanwhile, People
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Crash, Steps
from tests.unit.shopify.admin import answering, customer, problem


@pytest.fixture
def people(cloud: Cloud) -> People:
    """An enabled store with one customer."""
    people = People(cloud)
    people.customer("7001")
    return people


def test_customer_reaches_netcore_with_every_attribute(people: People) -> None:
    """A refreshed contact has the eight attributes and the store's own."""
    ended = people.refresh("7001")

    assert ended == ["delivered"]
    held = people.held()
    assert (held["CUSTID"], held["EMAIL"], held["MOBILE"], held["TAGS"]) == (
        "7001",
        "asha@example.com",
        "14155550123",
        "vip, wholesale",
    )
    assert held[people.subscription] == "Subscribed"
    assert held["blacklisted"] is False


def test_row_holds_digests_instead_of_people(people: People) -> None:
    """No name, address or number is kept in our own table."""
    people.refresh("7001")

    kept = str(people.row())
    assert not [each for each in ("asha", "Asha", "Rao", "4155550123", "Pune") if each in kept]


def test_nothing_changed_nothing_sent(people: People) -> None:
    """A second refresh of the same state ends `unchanged`."""
    people.refresh("7001")

    ended = people.refresh("7001")

    assert ended == ["unchanged"]
    assert len(people.received()) == 1


def test_a_batch_of_a_hundred_is_one_read_and_one_call(people: People) -> None:
    """100 messages about 50 customers: one query, one `batchadd`, repeats unchanged."""
    for number in range(50):
        people.customer(f"{8000 + number}")
    ids = [f"{8000 + number % 50}" for number in range(100)]

    ended = people.refresh(*ids, batch=100)

    assert ended == ["delivered"] * 50 + ["unchanged"] * 50
    assert [len(asked) for asked in people.asked] == [50]
    assert len({each["_received_at"] for each in people.received()}) == 1
    assert len(people.received()) == 50


def test_what_is_emptied_in_shopify_is_emptied_at_netcore(people: People) -> None:
    """A value that we sent before is cleared; one that we never sent is not touched."""
    people.refresh("7001")
    people.customer("7001", tags=[], lastName=None, lastOrder=None)

    people.refresh("7001")

    held = people.held()
    assert (held["TAGS"], held["LASTNAME"]) == ("", "")


def test_first_send_blanks_nothing(people: People) -> None:
    """What Netcore may know from elsewhere is not overwritten by what Shopify lacks."""
    people.customer("7001", defaultPhoneNumber=None, firstName=None)

    people.refresh("7001")

    assert people.received()[0].keys().isdisjoint({"MOBILE", "FIRSTNAME"})


def test_denied_fields_clear_nothing_and_are_named(people: People) -> None:
    """Without a scope a field looks empty: it is left alone, and the ledger says why."""
    people.refresh("7001")
    people.answer = lambda request: answering(
        data={"nodes": [customer("7001", firstName="Bo", lastOrder=None)]},
        errors=[problem("ACCESS_DENIED", "nodes", 0, "lastOrder")],
    )

    ended = people.refresh("7001")

    assert ended == ["delivered Shopify denies nodes.lastOrder"]
    held = people.held()
    assert held["FIRSTNAME"] == "Bo"
    assert [held[key] for key in held if "LASTORDERID" in key] == ["5001"]


def test_all_is_sent_again_after_thirty_days(people: People) -> None:
    """Netcore may have lost a batch: an old digest proves nothing."""
    people.refresh("7001")
    people.clock.sleep(timedelta(days=30).total_seconds())

    assert people.refresh("7001") == ["delivered"]


def test_deleted_customer_is_superseded(people: People) -> None:
    """Shopify no longer has the customer; erasing is another topic's business."""
    assert people.refresh("404") == ["superseded deleted in Shopify"]


def test_customer_without_the_primary_key_is_unidentified(cloud: Cloud) -> None:
    """A panel that knows people by mobile cannot take somebody without one."""
    people = People(cloud, settings=Settings(netcore=SETTINGS.netcore, primary_key="MOBILE"))
    people.customer("7001", defaultPhoneNumber=None)

    ended = people.refresh("7001")

    assert ended == ["unidentified no identifier for the store's primary key"]
    assert people.received() == []


def test_settings_that_netcore_insists_on_are_demanded(cloud: Cloud) -> None:
    """Without list id and notify e-mail there is nothing to send with: parked."""
    people = People(cloud, settings=Settings(netcore=Netcore(website_id="site-1")))
    people.customer("7001")

    assert people.refresh("7001") == ["parked list id or notify e-mail missing"]


def test_crossing_workers_leave_the_newer_state(people: People) -> None:
    """One worker reads the old state, another reads and sends the new one, the first sends."""
    people.customer("7001", firstName="Old")

    def the_other() -> None:
        people.clock.sleep(1)
        people.customer("7001", firstName="New")
        people.send(RefreshContact("7001"))
        people.lane.run(people.contacts_worker(), batch=1)
        people.clock.sleep(1)

    ended = people.refresh("7001", steps=Meanwhile(of="netcore.add_contacts", do=the_other))

    assert [each["FIRSTNAME"] for each in people.received()] == ["New", "Old", "New"]
    assert people.held()["FIRSTNAME"] == "New"
    assert ended == ["delivered"]


def test_crossing_worker_that_crashes_after_sending_is_made_good(people: People) -> None:
    """It sent an old state and died before it saw the newer one: its message comes again."""
    people.customer("7001", firstName="Old")

    def the_other() -> None:
        people.clock.sleep(1)
        people.customer("7001", firstName="New")
        people.send(RefreshContact("7001"))
        people.lane.run(people.contacts_worker(), batch=1)
        people.clock.sleep(1)

    crash = Meanwhile(
        of="netcore.add_contacts", do=the_other, at=1, error=Crash("killed"), after=True
    )

    ended = people.refresh("7001", steps=crash)

    assert people.held()["FIRSTNAME"] == "New"
    assert ended == ["delivered"]


def test_contact_that_keeps_changing_goes_back_to_the_queue(people: People) -> None:
    """After three rounds the message waits its turn instead of holding up the batch."""

    class Always(Meanwhile):
        def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
            self.is_done = False
            return super().call(name, method, args, kwargs)

    def newer() -> None:
        people.clock.sleep(1)
        people.customer("7001", firstName=f"At {people.clock.seconds()}")
        people.send(RefreshContact("7001"))
        people.lane.run(people.contacts_worker(), batch=1)
        people.clock.sleep(1)

    steps = Always(of="netcore.add_contacts", do=newer)
    people.send(RefreshContact("7001"))

    stays = people.lane.run(people.contacts_worker(steps), batch=1)

    assert len(stays) == 1
    people.customer("7001", firstName="Last")
    people.lane.settle(people.contacts_worker())
    assert people.held()["FIRSTNAME"] == "Last"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "step",
    ["shopify.customers", "contacts.update_item", "netcore.add_contacts", "ledger.update_item"],
)
def test_crash_at_any_step_loses_nothing(people: People, step: str, after: bool) -> None:
    """The process dies before or after each call: the message comes again and is carried out."""
    crash = Steps(at=1, of=step, error=Crash("killed"), after=after)

    people.refresh("7001", steps=crash)

    assert people.held()["FIRSTNAME"] == "Asha"
    assert people.row()["digest"]
    assert people.lane.messages == []


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "status", "status": 500},
        {"do": "status", "status": 429, "retry_after": "7"},
        {"do": "status", "status": 408},
        {"do": "reset_before"},
        {"do": "reset_after_apply"},
        {"do": "html"},
        {"do": "redirect"},
        {"do": "huge"},
        {"do": "gzip_bomb"},
    ],
    ids=lambda fault: f"{fault['do']} {fault.get('status', '')}",
)
def test_netcore_that_fails_for_a_while_gets_everything(
    people: People, fault: dict[str, Any]
) -> None:
    """429, 5xx, resets, time-outs, nonsense: the batch stays in the queue, then arrives."""
    people.customer("7002")
    people.fault(**fault, match={"path": "/v3/contact/batchadd*"})
    events = people.send(RefreshContact("7001"), RefreshContact("7002"))

    stays = people.lane.run(people.contacts_worker(), batch=100)

    assert len(stays) == 2
    people.lane.settle(people.contacts_worker())
    assert people.ends(events) == ["delivered", "delivered"]
    assert (people.held("7001")["CUSTID"], people.held("7002")["CUSTID"]) == ("7001", "7002")


def test_timeout_after_netcore_took_the_batch_sends_once_more(people: People) -> None:
    """No answer may mean applied: the same contact again does no harm."""
    silence = NetcoreUnavailable("ReadTimeout", ambiguous=True)
    steps = Steps(at=1, of="netcore.add_contacts", error=silence, after=True)

    ended = people.refresh("7001", steps=steps)

    assert ended == ["delivered"]
    assert [each["FIRSTNAME"] for each in people.received()] == ["Asha", "Asha"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(429, headers={"retry-after": "4.0"}),
        httpx.Response(200, content=b"<html>"),
        answering(errors=[problem("THROTTLED")]),
    ],
    ids=["500", "429", "html", "throttled"],
)
def test_shopify_that_fails_for_a_while_delays_only(people: People, answer: httpx.Response) -> None:
    """What cannot be read now is read later; nothing is sent meanwhile."""
    events = people.send(RefreshContact("7001"))
    people.answer = lambda request: answer

    stays = people.lane.run(people.contacts_worker())

    assert len(stays) == 1
    assert people.received() == []
    people.answer = people.nodes
    people.lane.settle(people.contacts_worker())
    assert people.ends(events) == ["delivered"]


def test_shopify_that_refuses_parks(people: People) -> None:
    """A revoked token or a frozen store waits for a human, with the reason."""
    people.answer = lambda request: httpx.Response(402)

    assert people.refresh("7001", "7002") == ["parked Shopify answered 402"] * 2


def test_one_bad_contact_is_parked_and_the_others_arrive(people: People) -> None:
    """A 400 for the batch is narrowed down to the one contact that causes it."""
    ids = [str(8000 + number) for number in range(20)]
    for one in ids:
        people.customer(one, firstName="poison" if one == "8007" else "Bo")
    people.fault(
        do="status",
        status=400,
        match={"path": "/v3/contact/batchadd*", "contains": "poison", "times": None},
    )

    ended = people.refresh(*ids)

    assert ended.count("delivered") == 19
    assert ended[7] == "parked Netcore answered 400: refused"
    assert people.held("8007") == {}


def test_wrong_key_parks_everything_and_opens_the_circuit(people: People) -> None:
    """A key that Netcore refuses stops the store; with a new one parked work can go on."""
    people.keys[people.name] = "wrong"

    ended = people.refresh("7001", "7002")

    assert ended[0] == "parked netcore key refused"
    assert people.store().circuit == "netcore key refused"
    assert people.refresh("7003") == ["parked netcore key refused"]


def test_half_of_a_failed_batch_is_not_sent_twice(people: People) -> None:
    """A customer that Shopify could not read waits alone; the others are done."""
    people.customer("7002")
    broken = answering(
        data={"nodes": [people.customers["7001"], None]},
        errors=[problem("INTERNAL_SERVER_ERROR", "nodes", 1)],
    )
    people.answer = lambda request: broken
    people.send(RefreshContact("7001"), RefreshContact("7002"))

    stays = people.lane.run(people.contacts_worker())

    assert len(stays) == 1
    people.answer = people.nodes
    people.lane.settle(people.contacts_worker())
    assert [each["CUSTID"] for each in people.received()] == ["7001", "7002"]
