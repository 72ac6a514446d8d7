"""Counts of consent follow the contacts' stream: exact under repeats, less who was erased."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer

from functions.consents import counters as function
from shopbridge.consents.counters import ConsentCounters
from shopbridge.tallies import Change
from tests.integration.account import NOW, STORE, Account

YES = "2026-11-20T09:00:00.000000Z subscribed"
NO = "2026-11-22T09:00:00.000000Z unsubscribed"
LONG_AGO = "2024-05-01T09:00:00.000000Z subscribed"
NEVER = " not_subscribed"


def row(wanted: str | None, customer: str = "7001", **more: str) -> dict[str, Any]:
    """Write a contact's row as far as counting sees it."""
    known = {} if wanted is None else {"email_wanted": wanted}
    return {"store_shard": f"{STORE}#3", "customer": customer, **known, **more}


def change(number: int, old: str | None, new: str | None, customer: str = "7001") -> Change:
    """One record of the stream; None for consent that is not known, or a row that is not there."""
    before, after = (None if each is None else row(each, customer) for each in (old, new))
    return Change(str(number), before, after, at=NOW)


def kept(account: Account) -> dict[str, dict[str, int]]:
    """Return all counts of the store that are not zero, by day and in total."""
    names = {"subscribed", "not_subscribed", "unsubscribed"}
    return {
        str(one["row"]): {name: int(one[name]) for name in names if one.get(name)}
        for one in account.reader.consents(STORE, "2000-01-01")
    }


def test_a_word_is_counted_on_its_day(account: Account) -> None:
    """Yes on the 20th, no on the 22nd: one unsubscribed, and what moved on both days."""
    counters = ConsentCounters(account.ledger)

    counters.apply("s1", [change(1, None, YES), change(2, YES, NO)], NOW)

    assert kept(account) == {
        "2026-11-20": {"subscribed": 1},
        "2026-11-22": {"subscribed": -1, "unsubscribed": 1},
        "now": {"unsubscribed": 1},
    }


def test_old_words_count_only_in_the_total(account: Account) -> None:
    """A history that is read today moves no recent day."""
    ConsentCounters(account.ledger).apply("s1", [change(1, None, LONG_AGO)], NOW)

    assert kept(account) == {"now": {"subscribed": 1}}


def test_never_asked_counts_when_it_is_learnt(account: Account) -> None:
    """It has no date of its own."""
    ConsentCounters(account.ledger).apply("s1", [change(1, None, NEVER)], NOW)

    assert kept(account) == {"2026-11-23": {"not_subscribed": 1}, "now": {"not_subscribed": 1}}


def test_erased_contact_is_taken_back(account: Account) -> None:
    """The person is gone, and so is what they count for, on the day of the erasure."""
    counters = ConsentCounters(account.ledger)
    counters.apply("s1", [change(1, None, YES)], NOW)

    counters.apply("s1", [change(2, YES, None)], NOW)

    assert kept(account)["now"] == {}
    assert kept(account)["2026-11-23"] == {"subscribed": -1}


@pytest.mark.parametrize("applied", [1, 2, 3])
def test_repeats_count_nothing_twice(account: Account, applied: int) -> None:
    """A batch that was applied in part comes again whole, a day later."""
    life = [change(1, None, YES), change(2, YES, NO), change(3, None, NEVER, "7002")]
    counters = ConsentCounters(account.ledger)
    counters.apply("s1", life[:applied], NOW)

    counters.apply("s1", life, NOW + timedelta(days=1))
    moved = counters.apply("s1", life, NOW + timedelta(days=1))

    assert kept(account)["now"] == {"unsubscribed": 1, "not_subscribed": 1}
    assert kept(account)["2026-11-23"] == {"not_subscribed": 1}
    assert moved == 0


def test_other_changes_of_a_contact_count_nothing(account: Account) -> None:
    """What was sent, or another address: no state moved."""
    same = Change("1", row(YES), row(YES, email_sent=YES), at=NOW)

    moved = ConsentCounters(account.ledger).apply("s1", [same], NOW)

    assert (moved, kept(account)) == (0, {})


def test_total_stays_and_days_go(account: Account) -> None:
    """A day's row is kept for 60 days after the day."""
    ConsentCounters(account.ledger).apply("s1", [change(1, None, YES)], NOW)

    total = account.row(f"consents#{STORE}", "now")
    day = account.row(f"consents#{STORE}", "2026-11-20")

    assert "expires" not in total
    assert day["expires"] == int(datetime(2027, 1, 19, tzinfo=UTC).timestamp())


def test_total_forgets_shards_that_cannot_come_again(account: Account) -> None:
    """Shards end after hours; a counter that stays would else grow for ever."""
    counters = ConsentCounters(account.ledger)
    counters.apply("s1", [change(1, None, YES)], NOW)
    counters.apply("s2", [change(1, YES, NO)], NOW + timedelta(days=2))

    counters.apply("s3", [change(1, NO, LONG_AGO)], NOW + timedelta(days=4))

    total = account.row(f"consents#{STORE}", "now")
    assert {name for name in total if name.startswith("seen ")} == {"seen s2", "seen s3"}


def test_function_reads_the_stream(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch as Lambda hands it over, an erasure among it."""
    monkeypatch.setenv("LEDGER_TABLE", "ledger")
    function.counters.cache_clear()
    records = [_record(1, None, row(NEVER)), _record(2, row(NEVER), None)]

    answer = function.handler({"shardId": "s1", "Records": records}, None)

    assert kept(account)["now"] == {}
    assert answer == {"state": {}, "batchItemFailures": []}


def _record(number: int, old: Any, new: Any) -> dict[str, Any]:
    images = {"OldImage": old, "NewImage": new}
    return {
        "eventName": "REMOVE" if new is None else "INSERT",
        "dynamodb": {
            "SequenceNumber": str(number),
            "ApproximateCreationDateTime": NOW.timestamp(),
            **{name: _wire(image) for name, image in images.items() if image},
        },
    }


def _wire(image: Mapping[str, Any]) -> dict[str, Any]:
    return {name: TypeSerializer().serialize(value) for name, value in image.items()}
