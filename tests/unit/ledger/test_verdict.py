"""A verdict says in one line what happened; the next step is a command or an action."""

import pytest

from shopbridge.ledger.history import History, histories
from shopbridge.ledger.verdict import next_step, verdict
from tests.unit.ledger.written import EVENT, ROW, command_row, delivery_row

CONTACT = {"kind": "RefreshContact", "label": "7001"}


def told(*rows: dict[str, object]) -> History:
    """Put rows together as the ledger's reader does."""
    (history,) = histories(rows)
    return history


def test_everything_delivered() -> None:
    """All commands delivered: nothing is left to do."""
    history = told(delivery_row(), command_row(0), command_row(1, **CONTACT))

    line = verdict(history)

    assert line == "All done: Product Purchase delivered; RefreshContact delivered."
    assert next_step(history) == ""
    assert history.outcome == "delivered"


@pytest.mark.parametrize(
    ("outcome", "reason", "line", "step"),
    [
        ("duplicate", "", "duplicate (accepted outside before)", ""),
        ("unchanged", "", "unchanged (nothing new to send)", ""),
        (
            "disabled",
            "switched off when it happened",
            "disabled (switched off when it happened)",
            "",
        ),
        ("superseded", "", "superseded (something newer won)", ""),
        (
            "unidentified",
            "no identifier for the store's primary key",
            "unidentified (no identifier for the store's primary key)",
            "shopbridge settings get primary_key",
        ),
        (
            "parked",
            "netcore key refused",
            "parked (netcore key refused)",
            "shopbridge settings key",
        ),
        (
            "parked",
            "Netcore answered 400: bad parameter",
            "parked (Netcore answered 400: bad parameter)",
            f"shopbridge parked show '{EVENT}#{ROW}#0' --content",
        ),
        (
            "failed",
            "given up after too many tries",
            "failed (given up after too many tries)",
            f"shopbridge parked resume '{EVENT}#{ROW}#0'",
        ),
    ],
)
def test_each_outcome_in_words(outcome: str, reason: str, line: str, step: str) -> None:
    """Every outcome but `delivered` is explained, and what can be mended says how."""
    history = told(
        delivery_row(commands=["RecordActivity|Product Purchase|"]),
        command_row(outcome=outcome, reason=reason),
    )

    said = verdict(history)

    assert said.partition(": ")[2] == f"Product Purchase {line}."
    assert next_step(history) == step
    assert history.outcome == outcome


def test_command_without_row_is_on_its_way() -> None:
    """What has no row yet and did not end at ingest is waiting."""
    history = told(delivery_row(), command_row(0))

    line = verdict(history)

    assert line == ("1 of 2 done: RefreshContact waiting (on its way); Product Purchase delivered.")
    assert history.outcome == "waiting"


def test_parked_delivery_names_its_reason() -> None:
    """A delivery that went no further says why and how it goes on."""
    history = told(
        delivery_row(state="parked", reason="store unknown", commands=[], kept="parked/x")
    )

    line = verdict(history)

    assert line == "The delivery is parked: store unknown."
    assert next_step(history) == ("install the app in this store; what is parked goes on by itself")


def test_unpublished_delivery_will_come_again() -> None:
    """A lease that nobody finished is Shopify's to repeat."""
    history = told(delivery_row(state="leased", commands=[]))

    line = verdict(history)

    assert line == "Accepted, but not published yet; Shopify delivers it again if that stays so."


def test_delivery_that_asks_for_nothing() -> None:
    """A delivery without commands is done when it is published."""
    history = told(delivery_row(commands=[]))

    line = verdict(history)

    assert line == "Accepted; it asks for nothing to be done."
    assert history.outcome == "unchanged"
