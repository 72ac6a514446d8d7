"""The report of a small history, counted through the stream, adds up."""

from datetime import UTC, datetime, timedelta

from shopbridge import kept, reasons
from shopbridge.ledger.failed import FailedDeliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.ledger.report import all_commands, commands, deliveries, duplicates, report
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.messages import CONTACT, HEAD, PURCHASE, message
from tests.unit.ledger.written import delivery_row

SINCE = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
FIRST, SECOND = Item(HEAD, 0, PURCHASE, "m1", 1), Item(HEAD, 1, CONTACT, "m1", 1)


def history(account: Account) -> None:
    """
    Write four deliveries, one of them arriving three times.

    One is published with two commands; one made nothing but a disabled command; one is
    parked; one failed. The counters run between steps, as the stream would drive them.
    """
    account.ledger.put_item(Item=delivery_row(state="leased", commands=[]))
    account.count()
    account.ledger.put_item(Item=delivery_row(arrivals=3))
    disabled = ["RecordActivity|Order Updates|disabled"]
    other = {"delivery": f"{STORE}#e2", "event_id": "e2", "row": "orders/updated#f"}
    account.ledger.put_item(Item=delivery_row(**other, topic="orders/updated", commands=disabled))
    parked = {"delivery": f"{STORE}#e3", "event_id": "e3", "state": "parked", "commands": []}
    account.ledger.put_item(Item=delivery_row(**parked))
    account.count()
    failed = message(event_id="e4")
    FailedDeliveries(account.ledger).write(
        failed, reasons.FUNCTION_FAILED, kept.parked_key(failed.head, NOW), NOW
    )
    account.station.record(FIRST, Ended("parked", reasons.PAUSED))
    account.count()


def test_written_out_history_balances(account: Account) -> None:
    """Every delivery and command stands where it ended; one command is on its way."""
    history(account)

    made = report(account.reader, [STORE], SINCE, {"RefreshContact": 1})

    total = deliveries(made.total)
    assert (total.made, total.ended, total.waiting) == (
        4,
        {"published": 2, "parked": 1, "failed": 1},
        0,
    )
    assert duplicates(made.total) == 2
    kinds = commands(made.total)
    assert (kinds["RecordActivity"].made, kinds["RecordActivity"].ended) == (
        2,
        {"disabled": 1, "parked": 1},
    )
    assert (kinds["RefreshContact"].made, kinds["RefreshContact"].waiting) == (1, 1)
    assert sorted(made.by_topic) == ["orders/create", "orders/updated"]
    assert made.balances


def test_resumed_and_delivered_moves_from_parked_to_delivered(account: Account) -> None:
    """After resume, delivery and a counted second send everything is accounted for."""
    history(account)
    (one,) = [o for o in account.resume.parked.list(STORE, state="parked") if not o.is_delivery]
    account.resume.one(one)
    account.count()
    waiting = all_commands(report(account.reader, [STORE], SINCE).total).waiting
    writer = Outcomes(account.ledger)
    writer.write(FIRST, Ended("delivered", resent=True), NOW)
    writer.write(SECOND, Ended("unchanged"), NOW)
    account.count()

    made = report(account.reader, [STORE], SINCE, {})

    assert waiting == 2
    assert all_commands(made.total).ended == {"disabled": 1, "delivered": 1, "unchanged": 1}
    assert made.total["ambiguous"] == 1
    assert made.balances


def test_lost_command_does_not_balance(account: Account) -> None:
    """A command without outcome and without message is found."""
    history(account)

    made = report(account.reader, [STORE], SINCE, {"RefreshContact": 0})

    assert not made.balances


def test_report_begins_with_the_hour(account: Account) -> None:
    """What arrived in an hour before is left out, with all that became of it."""
    history(account)

    made = report(account.reader, [STORE], SINCE + timedelta(hours=1))

    assert made.total == {}
    assert made.since == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert made.balances


def test_all_stores_come_from_the_directory(account: Account) -> None:
    """A store that never installed the app is counted as well."""
    history(account)
    unknown = "bean-co.myshopify.com"
    row = delivery_row(store=unknown, delivery=f"{unknown}#e9", state="parked", commands=[])
    account.ledger.put_item(Item=row)
    account.count()

    made = report(account.reader, account.reader.stores(), SINCE)

    assert made.stores == (unknown, STORE)
    assert deliveries(made.total).made == 5
