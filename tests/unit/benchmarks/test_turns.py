"""A clock on which many work at once."""

import pytest

from benchmarks.history.turns import Turns


def test_whoever_waits_is_woken_in_the_order_of_time() -> None:
    """Two take turns; an hour passes at once, and nobody sees a time that is not theirs."""
    turns, seen = Turns(), list[tuple[str, float]]()
    began = turns.seconds()

    def work(name: str, seconds: float) -> None:
        for _ in range(2):
            turns.sleep(seconds)
            seen.append((name, turns.seconds() - began))

    turns.begin(lambda: work("slow", 3600))
    turns.begin(lambda: work("quick", 1000))
    turns.run()

    assert seen == [("quick", 1000), ("quick", 2000), ("slow", 3600), ("slow", 7200)]


def test_what_goes_wrong_ends_it() -> None:
    """An error is the caller's, whoever makes it."""
    turns = Turns()

    def fail() -> None:
        raise LookupError

    turns.begin(fail)

    with pytest.raises(LookupError):
        turns.run()
