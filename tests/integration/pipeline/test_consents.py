"""The worker of consents: no unsubscribe is lost, none is undone by an older word."""

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import msgspec
import pytest
from botocore.exceptions import ClientError

from infra.topics import ROOT
from shopbridge.commands import ChangeConsent, ConsentState, RefreshContact
from shopbridge.contacts.repository import Contacts
from shopbridge.errors import NetcoreUnavailable
from shopbridge.message import read_head
from shopbridge.stores.settings import OwnAttribute
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.people import Meanwhile, People
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Crash, Steps
from tests.unit.translate.given import translated

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=days) for days in (1, 2))


@pytest.fixture
def people(cloud: Cloud) -> People:
    """An enabled store."""
    return People(cloud)


def email(
    state: ConsentState, at: datetime | None, id_: str = "7001", address: str = "a@example.com"
) -> ChangeConsent:
    """Return a change of somebody's consent to e-mail."""
    return ChangeConsent(id_, "email", state, at, address)


def no(at: datetime = TUESDAY, id_: str = "7001", **address: str) -> ChangeConsent:
    """Somebody unsubscribed."""
    return email("unsubscribed", at, id_, **address)


def yes(at: datetime = MONDAY, id_: str = "7001") -> ChangeConsent:
    """Somebody subscribed."""
    return email("subscribed", at, id_)


def never(id_: str = "7001") -> ChangeConsent:
    """Somebody was never asked."""
    return email("not_subscribed", None, id_)


def test_unsubscribed_is_blacklisted_and_recorded(people: People) -> None:
    """A no blocks the contact's e-mail and shows in the attribute."""
    ended = people.change(no())

    assert ended == ["delivered"]
    assert people.held() == {
        "CUSTID": "7001",
        people.subscription: "Unsubscribed",
        "blacklisted": True,
    }


def test_subscribed_is_recorded(people: People) -> None:
    """A yes shows in the attribute and blocks nothing."""
    ended = people.change(yes())

    assert ended == ["delivered"]
    assert people.held()[people.subscription] == "Subscribed"
    assert people.received("blacklist") == []


def test_never_asked_is_not_blacklisted(people: People) -> None:
    """Who was never asked may be written to; the attribute says so."""
    ended = people.change(never())

    assert ended == ["delivered"]
    assert people.held()[people.subscription] == "Not Subscribed"
    assert people.received("blacklist") == []


def test_older_and_absent_words_are_superseded(people: People) -> None:
    """After a no, an older yes, a yes of the same moment and "never asked" change nothing."""
    people.change(no(TUESDAY))

    ended = people.change(yes(MONDAY), yes(TUESDAY), never())

    assert ended == ["superseded something newer was said"] * 3
    assert people.held()[people.subscription] == "Unsubscribed"


def test_same_word_twice_is_unchanged(people: People) -> None:
    """Our own write coming back, or the same change over another topic, sends nothing."""
    people.change(no())

    ended = people.change(no(), no())

    assert ended == ["unchanged", "unchanged"]
    assert len(people.received("blacklist")) == 1


def test_resubscribed_is_recorded_and_listed_once(people: People) -> None:
    """Netcore has no call that lifts a blacklisting: a human is asked, by one command."""
    people.change(no(MONDAY))

    ended = people.change(yes(TUESDAY), yes(TUESDAY))

    assert ended == ["parked unblock needed", "unchanged"]
    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Subscribed", True)
    assert people.change(yes(TUESDAY)) == ["unchanged"]


def test_parked_command_stays_listed_until_somebody_unblocked(people: People, cloud: Cloud) -> None:
    """Resumed too early it is parked again; after the unblocking there is nothing to do."""
    people.change(no(MONDAY))
    people.send(yes(TUESDAY))
    (message,) = people.lane.messages
    people.lane.run(people.consents_worker())
    people.lane.put([message.body])
    people.lane.settle(people.consents_worker())
    early = people.ends([message_event(message.body)])

    Contacts(cloud.table("contacts"), people.name).lift("7001")
    people.lane.put([message.body])
    people.lane.settle(people.consents_worker())

    assert early == ["parked unblock needed"]
    assert people.ends([message_event(message.body)]) == ["unchanged"]


def message_event(text: str) -> str:
    """Read the event id of a message."""
    return read_head(text).event_id


def test_changed_address_is_blacklisted_anew(people: People) -> None:
    """Who said no and then changes the address is blocked under the new one too."""
    people.change(no(MONDAY, address="old@example.com"))
    people.said("UNSUBSCRIBED", "2026-11-16T08:00:00Z", emailAddress="new@example.com")

    people.refresh("7001")
    people.refresh("7001")

    assert len(people.received("blacklist")) == 2
    assert people.held()["EMAIL"] == "new@example.com"


def test_refresh_carries_consent_that_no_webhook_brought(people: People) -> None:
    """What Shopify shows counts like a webhook: a no is blacklisted, before anything else."""
    people.said("UNSUBSCRIBED", "2026-11-16T08:00:00Z")

    ended = people.refresh("7001")

    assert ended == ["delivered"]
    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Unsubscribed", True)
    assert people.change(no(MONDAY)) == ["unchanged"]


def test_refresh_with_an_older_word_shows_the_newer(people: People) -> None:
    """The webhook was quicker than Shopify's own read: the attribute follows the webhook."""
    people.change(no(TUESDAY))
    people.said("SUBSCRIBED", "2026-11-16T08:00:00Z")

    people.refresh("7001")

    assert people.held()[people.subscription] == "Unsubscribed"


def test_resubscription_that_a_refresh_saw_first_is_still_listed(people: People) -> None:
    """The refresh writes the attribute; the webhook's command asks for the unblocking."""
    people.change(no(MONDAY))
    people.said("SUBSCRIBED", "2026-11-17T08:00:00Z")
    people.refresh("7001")

    ended = people.change(yes(TUESDAY))

    assert ended == ["parked unblock needed"]


def test_sms_consent_is_an_attribute_only(cloud: Cloud) -> None:
    """A no to text messages shows where the merchant added the attribute; nobody is blocked."""
    own = OwnAttribute(label="SMS", field="sms_subscription")
    chosen = SETTINGS.attributes.model_copy(update={"own": (own,)})
    people = People(cloud, settings=SETTINGS.model_copy(update={"attributes": chosen}))

    ended = people.change(ChangeConsent("7001", "sms", "unsubscribed", MONDAY, "+14155550123"))

    assert ended == ["delivered"]
    assert "Unsubscribed" in people.held().values()
    assert people.held()["blacklisted"] is False


def test_sms_consent_without_an_attribute_has_nowhere_to_go(people: People) -> None:
    """It is remembered; there is nothing to send."""
    ended = people.change(ChangeConsent("7001", "sms", "subscribed", MONDAY, "+14155550123"))

    assert ended == ["unchanged"]
    assert people.received() == []


@pytest.mark.parametrize(
    ("key", "expected"), [("EMAIL", "c7001@example.com"), ("MOBILE", "14155550123")]
)
def test_blacklisting_names_the_panels_primary_key(cloud: Cloud, key: Any, expected: str) -> None:
    """Panels know people by address or number; Shopify is asked for the current one."""
    people = People(cloud, settings=SETTINGS.model_copy(update={"primary_key": key}))
    people.said("UNSUBSCRIBED", "2026-11-17T08:00:00Z")

    ended = people.change(no(TUESDAY))

    assert ended == ["delivered"]
    (entry,) = people.received("blacklist")
    assert (entry["primarykey"], entry["id"]) == (key, expected)


def test_deleted_customer_is_blacklisted_by_the_address_in_the_webhook(cloud: Cloud) -> None:
    """Shopify forgot the customer, the no still counts for that address."""
    people = People(cloud, settings=SETTINGS.model_copy(update={"primary_key": "EMAIL"}))

    ended = people.change(no(address="gone@example.com"))

    assert ended == ["delivered"]
    assert [entry["id"] for entry in people.received("blacklist")] == ["gone@example.com"]


def test_nobody_to_blacklist_is_unidentified_until_a_key_appears(cloud: Cloud) -> None:
    """Without the panel's key the no waits in the row; the next refresh carries it."""
    people = People(cloud, settings=SETTINGS.model_copy(update={"primary_key": "MOBILE"}))
    people.customer("7001", defaultPhoneNumber=None)
    ended = people.change(no(TUESDAY))
    people.customer("7001")

    people.refresh("7001")

    assert ended == ["unidentified no identifier for the store's primary key"]
    assert [entry["id"] for entry in people.received("blacklist")] == ["14155550123"]


def test_every_order_of_one_customers_consents_ends_the_same(people: People) -> None:
    """All 24 orders of a life that ends with a no, one customer each: blocked, every one."""
    orders = list(permutations(range(4)))
    ids = [str(9000 + number) for number in range(len(orders))]
    for step in range(4):
        people.change(
            *(life(id_)[order[step]] for id_, order in zip(ids, orders, strict=True)), batch=24
        )

    states = {id_: people.held(id_) for id_ in ids}

    assert {held[people.subscription] for held in states.values()} == {"Unsubscribed"}
    assert {held["blacklisted"] for held in states.values()} == {True}


def life(id_: str) -> list[ChangeConsent]:
    """Return what somebody says over time: a no is the last word."""
    return [never(id_), no(MONDAY, id_), yes(TUESDAY, id_), no(WEDNESDAY, id_)]


def test_batch_of_a_hundred_is_one_call_of_each_kind(people: People) -> None:
    """100 people say no at once: one blacklisting, one batch of attributes."""
    ids = [str(9000 + number) for number in range(100)]

    ended = people.change(*(no(id_=id_) for id_ in ids), batch=100)

    assert ended == ["delivered"] * 100
    assert len({entry["_received_at"] for entry in people.received("blacklist")}) == 1
    assert len({entry["_received_at"] for entry in people.received("contacts")}) == 1


def test_late_yes_does_not_undo_a_no_that_came_meanwhile(people: People) -> None:
    """A yes hangs before its call, a no is settled, the yes goes out: the no is said again."""

    def the_no() -> None:
        people.send(no(TUESDAY))
        people.lane.run(people.consents_worker(), batch=1)

    ended = people.change(yes(MONDAY), steps=Meanwhile(of="netcore.add_contacts", do=the_no))

    assert [each[people.subscription] for each in people.received()] == [
        "Unsubscribed",
        "Subscribed",
        "Unsubscribed",
    ]
    assert ended == ["superseded something newer was said"]
    assert people.held()["blacklisted"] is True


def test_late_blacklisting_is_seen_by_the_yes_that_overtook_it(people: People) -> None:
    """A no is about to be sent when a yes comes: the yes asks for the unblocking."""
    ended_yes: list[str] = []

    def the_yes() -> None:
        events = people.send(yes(TUESDAY))
        people.lane.run(people.consents_worker(), batch=1)
        ended_yes.extend(people.ends(events))

    ended = people.change(no(MONDAY), steps=Meanwhile(of="netcore.blacklist", do=the_yes))

    assert ended == ["superseded something newer was said"]
    assert ended_yes == ["parked unblock needed"]
    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Subscribed", True)


def test_refresh_crossing_a_no_shows_the_no(people: People) -> None:
    """A refresh has read "subscribed" when a no arrives: it sends once more, with the no."""
    people.said("SUBSCRIBED", "2026-11-16T08:00:00Z")

    def the_no() -> None:
        people.send(no(TUESDAY))
        people.lane.run(people.consents_worker(), batch=1)

    people.refresh("7001", steps=Meanwhile(of="netcore.add_contacts", do=the_no))

    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Unsubscribed", True)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize(
    "step",
    ["contacts.update_item", "netcore.blacklist", "netcore.add_contacts", "ledger.update_item"],
)
def test_crash_at_any_step_loses_no_unsubscribe(
    people: People, step: str, at: int, after: bool
) -> None:
    """The process dies before or after any call: the no arrives all the same."""
    crash = Steps(at=at, of=step, error=Crash("killed"), after=after)

    people.change(yes(MONDAY), no(TUESDAY), steps=crash, batch=1)

    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Unsubscribed", True)


@pytest.mark.parametrize("path", ["/v3/contact/blacklist*", "/v3/contact/batchadd*"])
@pytest.mark.parametrize(
    "fault",
    [
        {"do": "status", "status": 503},
        {"do": "status", "status": 429, "retry_after": "5"},
        {"do": "reset_before"},
        {"do": "reset_after_apply"},
    ],
    ids=lambda fault: f"{fault['do']} {fault.get('status', '')}",
)
def test_netcore_that_fails_for_a_while_gets_every_no(
    people: People, fault: dict[str, Any], path: str
) -> None:
    """429, 5xx and resets leave the message in the queue; later all is there."""
    people.fault(**fault, match={"path": path})
    people.send(no())

    stays = people.lane.run(people.consents_worker())

    assert len(stays) == 1
    people.lane.settle(people.consents_worker())
    held = people.held()
    assert (held[people.subscription], held["blacklisted"]) == ("Unsubscribed", True)


def test_timeout_keeps_sent_behind_wanted(people: People) -> None:
    """What got no answer is not noted as sent."""
    silence = NetcoreUnavailable("ReadTimeout", ambiguous=True)
    people.send(no())

    people.lane.run(
        people.consents_worker(Steps(at=1, of="netcore.blacklist", error=silence, after=True))
    )

    row = people.row()
    assert row["email_wanted"] == "2026-11-17T08:00:00.000000Z unsubscribed"
    assert "email_sent" not in row


@pytest.mark.parametrize("before", [(), (yes(MONDAY),)], ids=["new row", "older row"])
def test_no_that_cannot_be_written_down_is_not_taken_for_superseded(
    people: People, before: tuple[ChangeConsent, ...]
) -> None:
    """While others keep writing the row the message stays in the queue."""
    people.change(*before)
    contended = ClientError(
        {"Error": {"Code": "ConditionalCheckFailedException", "Message": ""}}, "UpdateItem"
    )
    steps = Steps(at=1, times=5, of="contacts.update_item", error=contended)

    ended = people.change(no(TUESDAY), steps=steps)

    assert ended == ["delivered"]
    assert people.held()["blacklisted"] is True


def test_wrong_key_parks_and_opens_the_circuit(people: People) -> None:
    """With a key that Netcore refuses the no waits, with its content, for a new one."""
    people.keys[people.name] = "wrong"

    ended = people.change(no())

    assert ended == ["parked netcore key refused"]
    assert people.store().circuit == "netcore key refused"


def test_switched_off_consent_is_disabled_and_left_alone(cloud: Cloud) -> None:
    """Said while the switch was off: never sent, neither by its command nor by a refresh."""
    off = SETTINGS.subscriptions.model_copy(update={"email": False})
    people = People(cloud, settings=SETTINGS.model_copy(update={"subscriptions": off}))
    people.said("UNSUBSCRIBED", "2026-11-16T08:00:00Z")

    ended = people.change(no(MONDAY)) + people.refresh("7001")

    assert ended == ["disabled switched off when it happened", "delivered"]
    assert people.received("blacklist") == []
    assert people.subscription not in people.held()


SOURCES = {
    "history": ("Unsubscribed", True),
    "marketing_checkbox": ("Subscribed", False),
    "newsletter_sign_up": ("Subscribed", False),
    "unsubscribe_in_mail": ("Unsubscribed", True),
    "admin_change": ("Unsubscribed", True),
}


@pytest.mark.parametrize("source", SOURCES)
def test_guides_five_sources_end_at_netcore(people: People, source: str) -> None:
    """History, checkbox, newsletter, mail link and admin: each ends as the guide says."""
    case = json.loads((ROOT / f"tests/fixtures/consents/{source}.json").read_text("utf-8"))
    if "topic" in case:
        commands = [
            command
            for command in translated(case["topic"], case["payload"])
            if isinstance(command, ChangeConsent)
        ]
    else:
        commands = msgspec.convert(case["commands"], list[ChangeConsent])

    people.change(*commands)

    held = people.held("706405506930370084")
    assert (held[people.subscription], held["blacklisted"]) == SOURCES[source]


def test_life_of_a_subscriber_through_both_workers(people: People) -> None:
    """Never asked, newsletter, unsubscribed, subscribed again: each step shows at Netcore."""
    seen = []
    for state, at in [
        ("NOT_SUBSCRIBED", None),
        ("SUBSCRIBED", "2026-11-16T08:00:00Z"),
        ("UNSUBSCRIBED", "2026-11-17T08:00:00Z"),
        ("SUBSCRIBED", "2026-11-18T08:00:00Z"),
    ]:
        people.clock.sleep(1)
        people.said(state, at)
        people.send(RefreshContact("7001"))
        people.lane.settle(people.contacts_worker())
        held = people.held()
        seen.append((held[people.subscription], held["blacklisted"]))

    assert seen == [
        ("Not Subscribed", False),
        ("Subscribed", False),
        ("Unsubscribed", True),
        ("Subscribed", True),
    ]
