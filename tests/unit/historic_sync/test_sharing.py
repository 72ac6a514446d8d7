"""How the slices of a stream are shared among bulk operations."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.historic_sync.bulk.operation import spread
from shopbridge.historic_sync.run import Slice

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def slices(counts: list[int]) -> list[Slice]:
    """Make neighbouring slices, the newest first, with so many objects each."""
    return [
        Slice(
            run="history-1",
            stream="customers",
            number=number,
            since=NOON - timedelta(days=number) if number < len(counts) else None,
            until=NOON - timedelta(days=number - 1),
            received_at=NOON,
            counted=counted,
        )
        for number, counted in enumerate(counts, 1)
    ]


def test_fifty_even_slices_are_five_operations() -> None:
    """Ten slices each, and together they cover everything from the first day on."""
    made = slices([20_000] * 50)

    found = spread(made, 5)

    assert [(one.first, one.last) for one in found] == [
        (1, 10),
        (11, 20),
        (21, 30),
        (31, 40),
        (41, 50),
    ]
    assert found[0].window(made).until == NOON
    assert found[-1].window(made).since is None


def test_one_slice_is_one_operation() -> None:
    """Also where there is nothing in it."""
    assert [(one.first, one.last) for one in spread(slices([0]), 5)] == [(1, 1)]


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=80), st.integers(1, 5))
def test_each_slice_belongs_to_one_operation(counts: list[int], most: int) -> None:
    """However they are filled; and there are never more than may run at once."""
    made = slices(counts)

    found = spread(made, most)

    covered = [slice_.number for one in found for slice_ in made if one.covers(slice_)]
    assert covered == [slice_.number for slice_ in made]
    assert len(found) <= most
