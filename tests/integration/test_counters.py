"""Counters follow the ledger's stream and count every change exactly once."""

from decimal import Decimal
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer

from functions.ledger import counters as function
from shopbridge.ledger.counters import Counters
from shopbridge.tallies import Change
from tests.integration.account import NOW, STORE, Account
from tests.unit.ledger.written import EVENT, ROW, command_row, delivery_row

FIRST = Change("100", None, delivery_row(state="leased", commands=[]))
PUBLISHED = Change("200", FIRST.new, delivery_row())
DELIVERED = Change("1000", None, command_row(0))
UNCHANGED = Change("1100", None, command_row(1, kind="RefreshContact", outcome="unchanged"))
LIFE = [FIRST, PUBLISHED, DELIVERED, UNCHANGED]
COUNTED = {
    "arrivals": Decimal(1),
    "deliveries": Decimal(1),
    "published": Decimal(1),
    "made.RecordActivity": Decimal(1),
    "made.RefreshContact": Decimal(1),
    "delivered.RecordActivity": Decimal(1),
    "unchanged.RefreshContact": Decimal(1),
}


def counted(account: Account, hour: str = "2026-11-23T07") -> dict[str, Any]:
    """Return the counter of `orders/create`, without what it remembers for itself."""
    row = account.row(f"counters#{STORE}", f"{hour}#orders/create")
    return {k: v for k, v in row.items() if k not in ("delivery", "row", "expires", "seen s1")}


def test_life_of_a_delivery_is_added_up(account: Account) -> None:
    """Everything from its arrival to its last outcome stands in the hour it arrived."""
    moved = Counters(account.ledger).apply("s1", LIFE, NOW)

    assert counted(account) == COUNTED
    assert moved == 1


def test_counter_ends_after_ninety_days(account: Account) -> None:
    """A counter is kept as long as the rows it counts."""
    Counters(account.ledger).apply("s1", LIFE, NOW)

    row = account.row(f"counters#{STORE}", "2026-11-23T07#orders/create")

    assert row["expires"] == int(NOW.timestamp()) + 90 * 24 * 3600


def test_repeated_batch_counts_nothing_twice(account: Account) -> None:
    """A batch whose answer was lost comes again and changes nothing."""
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE, NOW)

    moved = counters.apply("s1", LIFE, NOW)

    assert counted(account) == COUNTED
    assert moved == 0


@pytest.mark.parametrize("applied", [1, 2, 3])
def test_longer_batch_counts_only_what_is_new(account: Account, applied: int) -> None:
    """After a crash the batch may hold more than before: known records are left out."""
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE[:applied], NOW)

    counters.apply("s1", LIFE, NOW)

    assert counted(account) == COUNTED


def test_halves_of_a_batch_count_as_the_whole(account: Account) -> None:
    """Lambda may split a batch that failed; the half that was applied is not applied again."""
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE, NOW)

    counters.apply("s1", LIFE[:2], NOW)
    counters.apply("s1", LIFE[2:], NOW)

    assert counted(account) == COUNTED


def test_batch_applied_in_part_is_finished(account: Account) -> None:
    """A crash between two counters leaves one behind; the repeat moves only that one."""
    other = delivery_row(topic="orders/updated", row="orders/updated#f", commands=[])
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE, NOW)

    moved = counters.apply("s1", [*LIFE, Change("1200", None, other)], NOW)

    assert moved == 1
    assert counted(account) == COUNTED
    assert account.row(f"counters#{STORE}", "2026-11-23T07#orders/updated")["published"] == 1


def test_shards_do_not_hide_each_other(account: Account) -> None:
    """A low sequence number of another shard is no repeat."""
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE, NOW)
    again = Change("50", delivery_row(), delivery_row(arrivals=2))

    counters.apply("s2", [again], NOW)

    row = account.row(f"counters#{STORE}", "2026-11-23T07#orders/create")
    assert row["arrivals"] == 2


def test_expired_and_erased_rows_are_not_taken_back(account: Account) -> None:
    """A row that goes leaves the counters as they are."""
    counters = Counters(account.ledger)
    counters.apply("s1", LIFE, NOW)

    counters.apply("s1", [Change("1300", delivery_row(), None)], NOW)

    assert counted(account) == COUNTED


def test_order_name_leads_to_its_id(account: Account) -> None:
    """An order's delivery leaves the way from what people call it."""
    Counters(account.ledger).apply("s1", LIFE, NOW)

    found = account.reader.order(STORE, "#1001")

    assert found == "450789469"


def test_every_store_is_listed(account: Account) -> None:
    """Reports find stores that never installed the app, too."""
    unknown = delivery_row(store="bean-co.myshopify.com", state="parked", commands=[])
    counters = Counters(account.ledger)

    counters.apply("s1", [*LIFE, Change("1300", None, unknown)], NOW)

    assert account.reader.stores() == ["bean-co.myshopify.com", STORE]


def test_function_reads_the_stream(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch as Lambda hands it over, with the name of its shard."""
    monkeypatch.setenv("LEDGER_TABLE", "ledger")
    function.counters.cache_clear()

    answer = function.handler({"shardId": "s1", "Records": [_record(one) for one in LIFE]}, None)

    assert counted(account) == COUNTED
    assert answer == {"state": {}, "batchItemFailures": []}


def test_end_of_a_window_brings_no_records(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invocation that closes a tumbling window counts nothing."""
    monkeypatch.setenv("LEDGER_TABLE", "ledger")
    function.counters.cache_clear()

    answer = function.handler({"shardId": "s1", "isFinalInvokeForWindow": True}, None)

    assert answer == {"state": {}, "batchItemFailures": []}


def _record(change: Change) -> dict[str, Any]:
    images = {"OldImage": change.old, "NewImage": change.new}
    return {
        "eventName": "MODIFY" if change.old else "INSERT",
        "dynamodb": {
            "SequenceNumber": change.sequence,
            "Keys": {"delivery": {"S": f"{STORE}#{EVENT}"}, "row": {"S": ROW}},
            **{name: _wire(image) for name, image in images.items() if image},
        },
    }


def _wire(image: Any) -> dict[str, Any]:
    return {name: TypeSerializer().serialize(value) for name, value in image.items()}
