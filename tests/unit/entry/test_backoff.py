"""How long a message rests."""

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.entry.backoff import seconds

CEILINGS = [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
"""Seconds at most, by number of receives."""


@given(st.text(max_size=40), st.integers(1, 10))
def test_stays_within_its_bounds(message_id: str, receives: int) -> None:
    """At least a second, at most what doubles with each receive, never above 15 minutes."""
    assert 1 <= seconds(message_id, receives) <= CEILINGS[receives - 1]


@given(st.integers(-5, 10**9))
def test_takes_any_count(receives: int) -> None:
    """Neither a count of zero nor a huge one is an error."""
    assert 1 <= seconds("m", receives) <= 900


def test_repeats_itself() -> None:
    """The same message at the same receive rests as long; others do not."""
    drawn = {seconds(f"m{number}", 8) for number in range(50)}

    assert seconds("m1", 8) == seconds("m1", 8)
    assert len(drawn) > 30


def test_grows_on_average() -> None:
    """Over many messages each receive rests longer than the one before, until the limit."""
    means = [sum(seconds(f"m{n}", receives) for n in range(300)) for receives in range(1, 10)]

    assert means == sorted(means)
