"""When a slice is complete, and what is called a gap."""

from datetime import UTC, datetime

import pytest

from shopbridge import reasons
from shopbridge.historic_sync.numbering import UNREADABLE, commands, merged
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.verification import End, Gap, Verdict, ended, judge, needs_listing

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SENT = End("delivered", "")


def test_slice_is_complete_where_all_four_agree() -> None:
    """Shopify counts two, two were read and made, two have ended."""
    verdict = judge(2, {"1", "2"}, {"1": SENT, "2": End("unidentified", reasons.NOBODY)})

    assert verdict == Verdict((), False)


def test_what_was_never_read_is_a_gap() -> None:
    """Shopify lists a third one: reading again may help."""
    verdict = judge(3, {"1", "2"}, {"1": SENT, "2": SENT}, {"1", "2", "3"})

    assert verdict == Verdict((Gap("3", "Shopify lists it, but it was never read"),), True)


def test_what_has_no_outcome_is_a_gap() -> None:
    """A message was lost, or its worker is still at it: sending it again may help."""
    verdict = judge(2, {"1", "2"}, {"1": SENT})

    assert verdict == Verdict((Gap("2", "its command has no outcome"),), True)


def test_what_is_parked_is_a_gap_that_reading_does_not_close() -> None:
    """Netcore refuses one: somebody has to look at it."""
    verdict = judge(1, {"1"}, {"1": End("parked", "Netcore answered 400")})

    assert verdict == Verdict((Gap("1", "parked: Netcore answered 400"),), False)


def test_what_was_dropped_is_a_gap() -> None:
    """A command of an earlier install has ended, but nobody was sent anything."""
    verdict = judge(1, {"1"}, {"1": End("superseded", reasons.BEFORE_INSTALL)})

    assert verdict == Verdict((Gap("1", "superseded: before this install"),), False)


def test_deleted_meanwhile_is_nothing_missing() -> None:
    """Two were read, and the second is listed no more, whatever became of it."""
    verdict = judge(1, {"1", "2"}, {"1": SENT}, {"1"})

    assert verdict == Verdict((), False)


def test_shopify_that_contradicts_itself_is_a_gap() -> None:
    """It counts three and lists two: nobody knows of the third."""
    verdict = judge(3, {"1", "2"}, {"1": SENT, "2": SENT}, {"1", "2"})

    assert verdict == Verdict((Gap("", "Shopify counts 3 and lists 2"),), True)


@pytest.mark.parametrize(
    ("planned", "counted", "read", "rereads", "lists"),
    [(2, 2, 2, 0, False), (2, 3, 2, 0, True), (3, 2, 2, 0, True), (2, 2, 2, 1, True)],
    ids=["all agree", "more than was read", "fewer than was planned", "read again"],
)
def test_shopify_is_asked_for_its_list_where_numbers_ever_differed(
    planned: int, counted: int, read: int, rereads: int, lists: bool
) -> None:
    """A list of ids costs as many queries as reading."""
    ids = {str(n) for n in range(read)}
    one = Slice(
        run="history-1",
        stream="customers",
        number=1,
        until=NOON,
        received_at=NOON,
        counted=planned,
        rereads=rereads,
    )

    assert needs_listing(one, counted, ids) is lists


def test_order_has_ended_when_all_its_commands_have() -> None:
    """Of two commands one waits; of two others one is parked; a fourth order became none."""
    made = {"7": {0, 2}, "8": {0, 1}, "9": {0}, "10": set[int]()}
    parked = End("parked", "Netcore answered 400")
    ends = {70: SENT, 80: SENT, 81: parked, 90: SENT}

    assert ended(made, ends) == {"8": parked, "9": SENT, "10": End("unchanged", "")}


def test_what_cannot_be_read_is_a_gap_at_once() -> None:
    """Nothing is waited for, and reading again is no help."""
    made = {"7": {UNREADABLE}}

    verdict = judge(1, made.keys(), ended(made, {}))

    assert verdict == Verdict((Gap("7", "failed: not as Shopify describes it"),), False)


def test_what_was_made_is_never_unmade() -> None:
    """Read again, an order is cancelled meanwhile, and another can be read now."""
    before = {"7": {0}, "8": {UNREADABLE}, "9": {0}}

    joined = merged(before, {"7": {0, 2}, "8": {0}})

    assert joined == {"7": {0, 2}, "8": {0}, "9": {0}}
    assert (commands(before), commands(joined)) == (2, 4)
