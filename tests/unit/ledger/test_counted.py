"""Each row counts as what it is, and a change as the difference."""

from collections import Counter

from shopbridge.ledger.counted import Place, change
from tests.unit.ledger.written import STORE, command_row, delivery_row

SEVEN = Place(STORE, "2026-11-23T07", "orders/create")


def test_new_delivery_counts_as_one_arrival_that_waits() -> None:
    """A claimed delivery has arrived and is in no state of rest."""
    row = delivery_row(state="leased", commands=[])

    counts = change(None, row)

    assert counts == {SEVEN: Counter({"arrivals": 1, "deliveries": 1})}


def test_publishing_counts_the_commands_made() -> None:
    """Commands are made when the delivery's row lists them, ended ones with their outcome."""
    made = ["RecordActivity|Product Purchase|disabled", "RefreshContact|7001|"]

    counts = change(delivery_row(state="leased", commands=[]), delivery_row(commands=made))

    assert counts == {
        SEVEN: Counter(
            {
                "published": 1,
                "made.RecordActivity": 1,
                "disabled.RecordActivity": 1,
                "made.RefreshContact": 1,
            }
        )
    }


def test_another_arrival_is_no_other_delivery() -> None:
    """A repeat raises the arrivals alone."""
    counts = change(delivery_row(arrivals=1), delivery_row(arrivals=2))

    assert counts == {SEVEN: Counter({"arrivals": 1})}


def test_outcome_moves_with_the_command() -> None:
    """A parked command that is delivered after all leaves `parked`."""
    counts = change(command_row(outcome="parked"), command_row(outcome="delivered"))

    assert counts == {SEVEN: Counter({"parked.RecordActivity": -1, "delivered.RecordActivity": 1})}


def test_resumed_command_is_in_no_outcome() -> None:
    """A command that waits again is taken out of where it was."""
    counts = change(command_row(outcome="failed"), command_row(outcome="waiting"))

    assert counts == {SEVEN: Counter({"failed.RecordActivity": -1})}


def test_ambiguous_resends_are_counted() -> None:
    """Each resend that may have been a second send adds one."""
    counts = change(None, command_row(ambiguous=2))

    assert counts == {SEVEN: Counter({"ambiguous": 2, "delivered.RecordActivity": 1})}


def test_row_that_changes_nothing_counted_counts_nothing() -> None:
    """A new reason or time moves no counter."""
    counts = change(command_row(), command_row(reason="other", at="2026-11-23T09:00:00.000000Z"))

    assert counts == {}


def test_rows_of_the_counters_are_not_counted() -> None:
    """What has no topic is neither a delivery nor a command."""
    counts = change(None, {"delivery": f"counters#{STORE}", "row": "2026-11-23T07#x", "made": 1})

    assert counts == {}
