"""Chunks, and finding the item that makes Netcore refuse one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.errors import NetcoreRejected, NetcoreUnavailable
from shopbridge.netcore.batches import LARGEST_BYTES, chunks, json_size, send


class Netcore:
    """Refuses every call that holds a poisoned item."""

    def __init__(self, poison: frozenset[int]) -> None:
        self.poison = poison
        self.accepted: list[int] = []
        self.calls = 0

    def call(self, items: Sequence[int]) -> None:
        """Take all items or none."""
        self.calls += 1
        if self.poison.intersection(items):
            raise NetcoreRejected(400, "refused")
        self.accepted += items


@given(st.integers(1, 500), st.frozensets(st.integers(0, 499), max_size=5))
def test_exactly_the_poison_is_singled_out(count: int, poison: frozenset[int]) -> None:
    """All others are accepted once, in few calls."""
    netcore = Netcore(poison)
    items = range(count)
    bad = poison.intersection(items)

    parts = list(send(items, netcore.call))

    assert sorted(item for part, error in parts if error for item in part) == sorted(bad)
    assert sorted(netcore.accepted) == [item for item in items if item not in bad]
    assert netcore.calls <= 1 + 2 * len(bad) * count.bit_length()


def test_other_errors_are_not_halved() -> None:
    """When Netcore fails, asking for less does not help."""
    calls: list[int] = []

    def fail(items: Sequence[int]) -> None:
        calls.append(len(items))
        raise NetcoreUnavailable("503")

    ((part, error),) = send(range(100), fail)

    assert (len(part), calls) == (100, [100])
    assert isinstance(error, NetcoreUnavailable)


def test_failure_while_halving_concerns_that_part_only() -> None:
    """What was accepted before stays accepted."""
    answers = iter([NetcoreRejected(400, ""), None, NetcoreUnavailable("429")])

    def call(items: Sequence[int]) -> None:
        if answer := next(answers):
            raise answer

    parts = list(send(range(4), call))

    assert [(list(part), type(error).__name__) for part, error in parts] == [
        ([0, 1], "NoneType"),
        ([2, 3], "NetcoreUnavailable"),
    ]


@given(st.lists(st.integers(0, LARGEST_BYTES + 1), max_size=40), st.integers(1, 10))
def test_chunks_keep_order_and_limits(sizes: list[int], most: int) -> None:
    """No chunk is too long; only an item that is too large by itself exceeds the bytes."""
    found = list(chunks(sizes, most, lambda size: size))

    assert [size for chunk in found for size in chunk] == sizes
    assert all(1 <= len(chunk) <= most for chunk in found)
    assert all(sum(chunk) <= LARGEST_BYTES or len(chunk) == 1 for chunk in found)


@pytest.mark.parametrize(("item", "size"), [({}, 4), ({"a": "é"}, 17), (["x" * 100], 106)])
def test_size_is_that_of_the_wire(item: object, size: int) -> None:
    """Counted as it is sent: in ASCII, with the comma."""
    assert json_size(item) == size
