"""What is parked is listed, shown, and goes on under its old name."""

import pytest

from shopbridge import kept, reasons
from shopbridge.archive.reader import ArchiveReader, Wanted
from shopbridge.ledger.failed import FailedDeliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import read_head
from shopbridge.outcome import Outcome
from shopbridge.parked.listing import ContentGone, Open
from shopbridge.parked.replay import Replay
from shopbridge.parked.resume import Resumed
from shopbridge.work import Ended, Item
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE, Account
from tests.integration.messages import CONTACT, EVENT, HEAD, PURCHASE, RECEIVED, message, text
from tests.unit.ledger.written import delivery_row

ID = f"{EVENT}#orders/create#0123456789abcdef#0"
ITEM = Item(HEAD, 0, PURCHASE, "m1", 1)


def park(account: Account, reason: str = reasons.PAUSED, outcome: Outcome = "parked") -> Open:
    """Park a `Product Purchase` as a worker does."""
    account.station.record(ITEM, Ended(outcome, reason))
    found = account.resume.parked.find(STORE, ID)
    assert found
    return found


def fail_delivery(account: Account, topic: str = "orders/create") -> Open:
    """Leave a delivery that never got through its function."""
    one = message(topic=topic)
    key = kept.parked_key(one.head, NOW)
    account.s3.put_object(Bucket=KEPT, Key=key, Body=text(one).encode())
    FailedDeliveries(account.ledger).write(one, reasons.FUNCTION_FAILED, key, NOW)
    (found,) = account.resume.parked.list(STORE, topic=topic, state="failed")
    return found


def replayer(account: Account) -> Replay:
    """Return what replays deliveries of the store."""
    archive = ArchiveReader(account.s3, ARCHIVED, STORE)
    return Replay(STORE, archive, account.reader, account.again)


def test_list_says_what_waits_and_why(account: Account) -> None:
    """A listed command is named without personal data."""
    park(account)

    (found,) = account.resume.parked.list(STORE)

    assert (found.id, found.what, found.state) == (ID, "RecordActivity Product Purchase", "parked")
    assert (found.reason, found.since, found.topic) == ("paused", NOW, "orders/create")


def test_list_filters_by_reason_topic_and_state(account: Account) -> None:
    """Each filter alone leaves out what it does not match."""
    park(account)
    parked = account.resume.parked

    assert len(list(parked.list(STORE, reason="paused", topic="orders/create"))) == 1
    assert list(parked.list(STORE, reason="store unknown")) == []
    assert list(parked.list(STORE, topic="orders/updated")) == []
    assert list(parked.list(STORE, state="failed")) == []
    assert list(parked.list("bean-co.myshopify.com")) == []


def test_resumed_command_goes_to_its_own_queue_only(account: Account) -> None:
    """It travels with its kind's attribute, its number and nothing else, and waits again."""
    one = park(account)

    result = account.resume.one(one)

    (received,) = account.received()
    head = read_head(received["Body"])
    assert (head.commands, head.numbers) == ((PURCHASE,), (0,))
    assert list(received["MessageAttributes"]) == ["RecordActivity"]
    assert result == Resumed(ID, "waiting")
    row = account.row(one.row["delivery"], one.row["row"])
    assert (row["outcome"], "open" in row) == ("waiting", False)


def test_outcome_of_a_faster_worker_stands(account: Account) -> None:
    """A worker may be done before the row is marked; its outcome is not touched."""
    one = park(account)
    Outcomes(account.ledger).write(ITEM, Ended("delivered"), NOW)

    account.resume.one(one)

    assert account.row(one.row["delivery"], one.row["row"])["outcome"] == "delivered"


def test_resumed_delivery_goes_to_its_function(account: Account) -> None:
    """A whole delivery is handed over as a replay; its function writes its row."""
    one = fail_delivery(account)

    result = account.resume.one(one)

    assert result.outcome == "published"
    assert account.functions.replays == [("OrdersCreate", text(message()))]


def test_delivery_that_is_parked_again_is_no_success(account: Account) -> None:
    """A body that is still unusable comes back, and is not counted as resumed."""
    one = fail_delivery(account)
    account.functions.outcome = "parked"

    result = account.resume.one(one)

    assert (result.outcome, result.problem) == ("parked", "parked again")


def test_what_cannot_go_stays_listed_and_says_why(account: Account) -> None:
    """A function that raises, a topic nobody serves, content that aged out: all stay open."""
    one = park(account)
    account.s3.delete_object(Bucket=KEPT, Key=one.row["kept"])
    unserved = fail_delivery(account, "carts/create")
    account.functions.error = "Unavailable"
    failing = fail_delivery(account, "orders/create")

    problems = [account.resume.one(each).problem for each in (one, unserved, failing)]

    assert problems == [
        f"{ID}: its content is no longer kept",
        "no function serves carts/create",
        "orders/create: Unavailable",
    ]
    assert len(list(account.resume.parked.list(STORE))) == 3


def test_reason_that_ends_resumes_its_own_only(account: Account) -> None:
    """Enabling a store sends on what waited for that, and leaves the rest."""
    park(account, reasons.PAUSED)
    other = Item(HEAD, 1, CONTACT, "m1", 1)
    account.station.record(other, Ended("parked", reasons.UNBLOCK_NEEDED))

    done = list(account.resume.reason(STORE, reasons.PAUSED))

    assert done == [Resumed(ID, "waiting")]
    (left,) = account.resume.parked.list(STORE)
    assert left.reason == "unblock needed"


def test_content_that_is_gone_is_named(account: Account) -> None:
    """After 14 days the row is still there and its content is not."""
    one = park(account)
    account.s3.delete_object(Bucket=KEPT, Key=one.row["kept"])

    with pytest.raises(ContentGone, match="no longer kept"):
        account.resume.parked.content(one)


def test_replay_selects_by_event_topic_and_reason(account: Account) -> None:
    """The dry run lists; a reason is looked up in the ledger, of commands and deliveries."""
    account.archive.add({"1": text(message()), "2": text(message(event_id="e2"))})
    account.ledger.put_item(Item=delivery_row())
    Outcomes(account.ledger).write(ITEM, Ended("unidentified", reasons.NOBODY), NOW)
    replay = replayer(account)
    day = Wanted(since=RECEIVED, until=NOW)

    everything = [one.head.event_id for one in replay.select(day)]
    nobody = [one.head.event_id for one in replay.select(day, reasons.NOBODY)]

    assert sorted(everything) == [EVENT, "e2"]
    assert nobody == [EVENT]
    assert account.functions.replays == []


def test_replay_hands_over_the_same_bytes(account: Account) -> None:
    """A replay has the old identity and no commands: they are made anew, with the same keys."""
    account.archive.add({"1": text(message())})
    (one,) = replayer(account).select(Wanted(since=RECEIVED, until=NOW))

    result = replayer(account).send(one)

    assert result.outcome == "published"
    ((function, replayed),) = account.functions.replays
    assert function == "OrdersCreate"
    assert replayed == text(message(commands=(), numbers=()))


def test_replay_that_fails_says_so(account: Account) -> None:
    """A function that raises leaves the delivery in the archive, to be tried again."""
    account.archive.add({"1": text(message())})
    account.functions.error = "Unavailable"
    (one,) = replayer(account).select(Wanted(since=RECEIVED, until=NOW))

    result = replayer(account).send(one)

    assert result.problem == "orders/create: Unavailable"
