"""How far a stream was read is never said to be further than all of it was."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from shopbridge.historic_sync.asking import Page
from shopbridge.historic_sync.slicing import Window
from shopbridge.reconciliation.reads import Read, by_change, in_parts
from shopbridge.reconciliation.seen import Span
from shopbridge.times import parse

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SPAN = Span(NOON, NOON + timedelta(minutes=10))


def minute(number: float) -> datetime:
    """Return a moment so many minutes after noon."""
    return NOON + timedelta(minutes=number)


class Shopify:
    """Stands for a stream of Shopify's: two objects to a page, sorted by change or by number."""

    def __init__(self, changed: Mapping[str, float], *, by_change: bool) -> None:
        nodes = [
            {"id": id_, "updatedAt": f"{minute(at):%Y-%m-%dT%H:%M:%SZ}"}
            for id_, at in changed.items()
        ]
        self.nodes = sorted(nodes, key=lambda one: one["updatedAt"]) if by_change else nodes
        self.asked: list[Window] = []

    def count(self, window: Window) -> int:
        """Count those that changed in a window."""
        return len(self._within(window))

    def page(self, window: Window, cursor: str | None) -> Page:
        """Return two of them."""
        self.asked.append(window)
        nodes, start = self._within(window), int(cursor or 0)
        return Page(
            tuple(nodes[start : start + 2]), str(start + 2), has_next=start + 2 < len(nodes)
        )

    def _within(self, window: Window) -> list[dict[str, str]]:
        since = window.since or NOON
        return [one for one in self.nodes if since <= parse(one["updatedAt"]) < window.until]


def told(read: Read) -> tuple[list[str], float]:
    """Say which objects were read, and up to which minute all were."""
    return [node["id"] for node in read.nodes], (read.upto - NOON).total_seconds() / 60


def test_sorted_by_change_each_page_says_how_far() -> None:
    """The last says: to the end."""
    shopify = Shopify({"a": 1, "b": 5, "c": 3}, by_change=True)

    reads = [told(one) for one in by_change(shopify, SPAN, lambda: minute(20))]

    assert reads == [(["a", "c"], 3), (["b"], 10)]


def test_what_is_too_new_ends_the_reading() -> None:
    """Sorted by change, nothing of the span follows it."""
    shopify = Shopify({"a": 1, "b": 11, "c": 12, "d": 13}, by_change=True)

    reads = [told(one) for one in by_change(shopify, SPAN, lambda: minute(20))]

    assert reads == [(["a", "b"], 10)]


def test_sorted_otherwise_only_a_whole_part_says_how_far() -> None:
    """Of five, two are read at once: the span is halved, and its older half comes first."""
    changed = {"a": 9, "b": 1, "c": 6, "d": 2, "e": 3}
    shopify = Shopify(changed, by_change=False)

    reads = [told(one) for one in in_parts(shopify, SPAN, lambda: minute(20), most=3)]

    assert [one[0] for one in reads] == [["b", "d"], ["e"], ["a", "c"]]
    assert [one[1] for one in reads] == [0, pytest.approx(5, abs=0.1), 10]


def test_a_part_of_a_second_is_asked_for_whole() -> None:
    """Shopify knows whole seconds, and what it has beyond the span is left out by its reader."""
    until = minute(10) + timedelta(milliseconds=500)
    shopify = Shopify({"a": 10}, by_change=False)

    reads = list(in_parts(shopify, Span(NOON, until), lambda: minute(20)))

    assert [one.upto for one in reads] == [until]
    assert [window.until for window in shopify.asked] == [minute(10) + timedelta(seconds=1)]
    assert [node["id"] for node in reads[0].nodes] == ["a"]
