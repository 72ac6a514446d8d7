"""What the page shows: status, events, activity, what waits; and sending again."""

import httpx
import pytest

from infra import topics
from shopbridge import reasons
from shopbridge.entry.api.events import TOPICS
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway, claims, fields, token
from tests.integration.api.test_settings import connected
from tests.integration.messages import EVENT, HEAD, PURCHASE, message, text
from tests.unit.ledger.written import command_row, delivery_row
from tests.unit.translate.given import fixture

WAITING = Item(HEAD, 0, PURCHASE, "m1", 1)


def test_events_name_the_topics_that_make_them() -> None:
    """The list agrees with what the topics' own fixtures say they record."""
    made = {
        (command["name"], topic)
        for topic in topics.TOPICS
        for command in fixture(topic)["commands"]
        if command["type"] == "RecordActivity"
    }

    made.add(("Cart Abandonment", "abandonment"))  # of our timer, no webhook says it
    assert made == {(event, topic) for event, made_from in TOPICS.items() for topic in made_from}


def test_status_names_what_is_needed(api: Gateway) -> None:
    """A new store needs Netcore, and to be enabled."""
    told = api("GET", "/status").json

    assert (told["store"], told["status"], told["received_24h"]) == (STORE, "installed", 0)
    assert [one["field"] for one in told["action_needed"]] == [
        "netcore.api_key",
        "netcore.website_id",
        "netcore.list_id",
        "netcore.notify_email",
        "status",
    ]
    assert told["scopes"] == {"known": False, "granted": [], "catalogue": False}
    assert told["last_received"] is None


def test_status_counts_a_day(api: Gateway, account: Account) -> None:
    """One delivery came this hour, and one of its commands is parked."""
    account.ledger.put_item(Item=delivery_row())
    account.station.record(WAITING, Ended("parked", reasons.PAUSED))
    account.count()

    told = api("GET", "/status").json

    assert (told["received_24h"], told["failed_24h"]) == (1, 1)
    assert told["last_received"] == "2026-11-23T07:00:00Z"


def test_events_show_switch_and_counts(api: Gateway, account: Account) -> None:
    """Each of the nine, on or off, with what came."""
    account.ledger.put_item(Item=delivery_row())
    account.count()

    told = api("GET", "/events").json

    events = {one["name"]: one for one in told["events"]}
    assert len(events) == 9
    assert events["Product Purchase"]["deliveries_24h"] == 1
    assert events["Product Purchase"]["last_received"] == "2026-11-23T07:00:00Z"
    assert (events["Order Refunded"]["on"], events["Order Refunded"]["last_received"]) == (
        False,
        None,
    )
    assert [one["topic"] for one in told["topics"]] == ["orders/create"]


@pytest.mark.parametrize("q", ["#1001", "450789469", EVENT])
def test_activity_is_found(api: Gateway, account: Account, q: str) -> None:
    """By order name, by id, by event: a time line in plain words."""
    account.ledger.put_item(Item=delivery_row())
    account.ledger.put_item(Item=command_row(0))
    account.count()

    (found,) = api("GET", "/activity", query={"q": q}).json["deliveries"]

    assert (found["topic"], found["title"], found["event_id"]) == ("orders/create", "#1001", EVENT)
    assert [step["what"] for step in found["steps"]][:2] == ["triggered", "received"]


def test_activity_of_another_store_is_not_found(api: Gateway, account: Account) -> None:
    """The same search by another merchant."""
    account.repository("other.myshopify.com").install(NOW)
    account.ledger.put_item(Item=delivery_row())
    account.count()

    found = api(
        "GET", "/activity", query={"q": "#1001"}, bearer=token(claims("other.myshopify.com"))
    )

    assert found.json == {"deliveries": [], "more": False}


def test_activity_is_not_searched_by_mail(api: Gateway) -> None:
    """The ledger holds no e-mail address, not even a digest of one; the answer says so."""
    done = api("GET", "/activity", query={"q": "ada@example.com"})

    assert (done.status, done.json["code"]) == (400, "not_searchable")
    assert "ada" not in done.text


def test_sent_again_from_the_archive(api: Gateway, account: Account) -> None:
    """The delivery goes to its topic's function with its own bytes."""
    account.archive.add({"m1": text(message())})
    row = delivery_row()
    account.ledger.put_item(Item=row)

    done = api("POST", "/activity/send-again", {"id": f"{EVENT}#{row['row']}"})

    assert (done.status, done.json["outcome"]) == (200, "published")
    assert [name for name, _ in account.functions.replays] == ["OrdersCreate"]


def test_parked_command_is_sent_again(api: Gateway, account: Account) -> None:
    """What waits goes to its queue, and waits no longer."""
    account.station.record(WAITING, Ended("parked", reasons.PAUSED))
    (listed,) = api("GET", "/parked").json["parked"]

    done = api("POST", "/activity/send-again", {"id": listed["id"]})

    assert (listed["reason"], listed["state"]) == ("paused", "parked")
    assert done.json == {"id": listed["id"], "outcome": "waiting"}
    assert len(account.received()) == 1
    assert api("GET", "/parked").json["parked"] == []


def test_archive_that_is_over_is_said(api: Gateway, account: Account) -> None:
    """After 14 days nothing is left to be sent."""
    row = delivery_row()
    account.ledger.put_item(Item=row)

    done = api("POST", "/activity/send-again", {"id": f"{EVENT}#{row['row']}"})

    assert (done.status, done.json["code"]) == (410, "gone")


def test_parked_list_is_paged(api: Gateway, account: Account) -> None:
    """The cursor goes on where the page ended."""
    for number in range(3):
        item = Item(HEAD, number, PURCHASE, "m1", 1)
        account.station.record(item, Ended("parked", reasons.PAUSED))

    first = api("GET", "/parked", query={"limit": "2"}).json
    second = api("GET", "/parked", query={"limit": "2", "cursor": first["cursor"]}).json

    ids = [one["id"] for page in (first, second) for one in page["parked"]]
    assert (len(first["parked"]), len(second["parked"]), len(set(ids))) == (2, 1, 3)
    assert second["cursor"] is None


def test_connection_is_tried_with_nothing(api: Gateway) -> None:
    """Two calls that name nobody; both APIs take the key."""
    connected(api)

    done = api("POST", "/netcore/test").json

    assert done["ok"] is True
    assert [one["api"] for one in done["tried"]] == ["activities", "contacts"]
    bodies = [request.content for request in api.asked]
    assert bodies[0] == b"[]"
    assert b'"data": []' in bodies[1]


@pytest.mark.parametrize(
    ("netcore", "code"),
    [
        (httpx.Response(401), "key_refused"),
        (httpx.Response(200, json={"error": "Invalid API key"}), "key_refused"),
        (httpx.Response(400, json={"error": "data is empty"}), "ok"),
        (httpx.Response(503), "unavailable"),
        (httpx.ConnectError("no route"), "unavailable"),
    ],
)
def test_trial_tells_a_wrong_key_from_a_bad_day(
    api: Gateway, netcore: httpx.Response | Exception, code: str
) -> None:
    """A refusal of the emptiness is good; the key's refusal and silence are told apart."""
    connected(api)
    api.netcore = netcore

    done = api("POST", "/netcore/test").json

    assert {one["code"] for one in done["tried"]} == {code}
    assert done["ok"] is (code == "ok")


def test_no_key_cannot_be_tried(api: Gateway) -> None:
    """The field that is missing is named."""
    done = api("POST", "/netcore/test")

    assert (done.status, fields(done)) == (409, ["netcore.api_key"])
