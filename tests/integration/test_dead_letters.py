"""Whatever lies in a dead-letter queue is kept, written down as failed, and stays findable."""

import json
from typing import Any

import pytest

from functions.delivery import dead_letters as function
from shopbridge.ledger.failed import FailedDeliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import read
from shopbridge.parked.dead_letters import Letter, Services
from shopbridge.work import Ended, Item
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE, Account
from tests.integration.messages import BODY, CONTACT, EVENT, HEAD, PURCHASE, message, records, text

PLACE = f"{STORE}#{EVENT}"
ROW = "orders/create#0123456789abcdef"
ACTIVITIES_DEAD = "arn:aws:sqs:us-east-1:1:activities-dead"


def services(account: Account) -> Services:
    """Wire what puts dead letters away."""
    return Services(
        station=account.station,
        deliveries=FailedDeliveries(account.ledger),
        archive=account.archive,
        lanes={ACTIVITIES_DEAD: "activities"},
    )


def event(**metadata: str) -> dict[str, Any]:
    """Write an order as Shopify puts it on the bus."""
    headers = {
        "X-Shopify-Topic": "orders/create",
        "X-Shopify-Shop-Domain": STORE,
        "X-Shopify-Event-Id": EVENT,
        "X-Shopify-Webhook-Id": "w1",
        "X-Shopify-Triggered-At": "2026-11-23T07:48:00Z",
    }
    return {
        "id": "bus-1",
        "detail-type": "shopifyWebhook",
        "detail": {"metadata": {**headers, **metadata}, "payload": {"id": 450789469}},
    }


def test_command_of_the_lane_fails_and_the_others_go_on(account: Account) -> None:
    """Only what the lane carries is marked; its content holds that command alone."""
    services(account).put_away(Letter("m1", text(message()), "activities", receives=61))

    row = account.row(PLACE, f"{ROW}#0")
    assert (row["outcome"], row["reason"]) == ("failed", "given up after too many tries")
    assert row["open_at"] == "failed#2026-11-23T08:00:00.000000Z"
    kept = read(account.content(KEPT, row["kept"]).decode())
    assert kept.head.commands == (PURCHASE,)
    assert kept.head.numbers == (0,)
    assert len(account.keys(KEPT)) == 1


def test_history_lane_carries_the_same_kind(account: Account) -> None:
    """A dead letter of the history lane is marked like one of the live lane."""
    services(account).put_away(Letter("m1", text(message()), "contacts-history"))

    assert account.row(PLACE, f"{ROW}#1")["kind"] == "RefreshContact"
    assert len(account.keys(KEPT)) == 1


def test_wrapped_notification_is_unwrapped(account: Account) -> None:
    """What SNS could not deliver may lie there inside its envelope."""
    envelope = json.dumps({"Type": "Notification", "Message": text(message(CONTACT))})

    services(account).put_away(Letter("m1", envelope, "contacts"))

    assert account.row(PLACE, f"{ROW}#0")["outcome"] == "failed"


def test_command_that_ended_stays_ended(account: Account) -> None:
    """A late dead letter never overwrites a final outcome."""
    item = Item(HEAD, 0, PURCHASE, "m1", 1)
    Outcomes(account.ledger).write(item, Ended("delivered"), NOW)

    services(account).put_away(Letter("m1", text(message()), "activities"))

    assert account.row(PLACE, f"{ROW}#0")["outcome"] == "delivered"


def test_dead_letter_of_the_archive_is_archived(account: Account) -> None:
    """Its commands were carried out; what is missing is the archive's line."""
    services(account).put_away(Letter("m1", text(message()), "archive"))

    assert len(account.keys(ARCHIVED)) == 1
    assert account.keys(KEPT) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (event(), "EventBridge could not hand it over"),
        (
            {"version": "1.0", "requestContext": {}, "requestPayload": event()},
            "its function failed to the end",
        ),
    ],
)
def test_delivery_that_never_got_through(
    account: Account, body: dict[str, Any], reason: str
) -> None:
    """An event that no function finished can be delivered again from what is kept."""
    services(account).put_away(Letter("m1", json.dumps(body)))

    (found,) = account.resume.parked.list(STORE)
    assert (found.what, found.state, found.reason) == ("delivery", "failed", reason)
    kept = read(account.resume.parked.content(found))
    assert kept.head.event_id == EVENT
    assert kept.body == b'{"id":450789469}'
    assert found.row["arrivals"] == 1


def test_delivery_that_was_published_after_all_is_left_alone(account: Account) -> None:
    """The same delivery over HTTPS may have won meanwhile."""
    letter = Letter("m1", json.dumps(event()))
    services(account).put_away(letter)
    (found,) = account.resume.parked.list(STORE)
    account.ledger.update_item(
        Key={"delivery": found.row["delivery"], "row": found.row["row"]},
        UpdateExpression="SET #state = :published REMOVE #open, open_at",
        ExpressionAttributeNames={"#state": "state", "#open": "open"},
        ExpressionAttributeValues={":published": "published"},
    )

    services(account).put_away(letter)

    assert list(account.resume.parked.list(STORE)) == []


def test_event_that_names_no_store_is_kept_under_unknown(account: Account) -> None:
    """An event with an impossible shop is kept whole."""
    services(account).put_away(
        Letter("m1", json.dumps(event(**{"X-Shopify-Shop-Domain": "evil.example"})))
    )

    (found,) = account.resume.parked.list("unknown")
    kept = read(account.resume.parked.content(found))
    assert json.loads(kept.body)["id"] == "bus-1"


@pytest.mark.parametrize("body", ["no message", "{", '{"Type":"Notification","Message":"?"}', "[]"])
def test_what_nobody_understands_is_kept_as_it_came(account: Account, body: str) -> None:
    """Nothing is thrown away, whatever it is."""
    services(account).put_away(Letter("m1", body, "activities"))

    (found,) = account.resume.parked.list("unknown")
    assert found.reason == "not a message of ours"
    assert account.resume.parked.content(found) == body
    assert account.keys(KEPT)[0].startswith("parked/unknown/2026-11-23/m1-")


def test_crash_between_content_and_row_is_repaired_by_the_repeat(account: Account) -> None:
    """The letter comes again, finds its content kept, and writes the row."""
    broken = Services(
        station=account.station,
        deliveries=FailedDeliveries(account.catalogue),
        archive=account.archive,
        lanes={},
    )
    letter = Letter("m1", json.dumps(event()))
    with pytest.raises(Exception, match="ValidationException"):
        broken.put_away(letter)

    services(account).put_away(letter)

    assert len(account.keys(KEPT)) == 1
    assert len(list(account.resume.parked.list(STORE))) == 1


def test_function_leaves_in_its_queue_what_it_could_not_put_away(
    account: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One letter that fails does not hold the others up, and no body reaches the log."""
    for name, value in {
        "LEDGER_TABLE": "ledger",
        "KEPT_BUCKET": KEPT,
        "ARCHIVE_BUCKET": "no-such-bucket",
        "LANES": json.dumps({ACTIVITIES_DEAD: "archive"}),
    }.items():
        monkeypatch.setenv(name, value)
    function.services.cache_clear()
    unarchivable = records({"bad": text(message())}, ACTIVITIES_DEAD)["Records"]
    fine = records({"good": json.dumps(event())})["Records"]

    answer = function.handler({"Records": unarchivable + fine}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert len(list(account.resume.parked.list(STORE))) == 1
    log = capsys.readouterr().out
    assert '"Failed"' in log
    assert BODY.decode() not in log
