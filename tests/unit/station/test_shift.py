"""How long a worker still has."""

from datetime import UTC, datetime, timedelta

from shopbridge.station.shift import Shift

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Context:
    """Lambda's, for a function that may run 15 s."""

    def get_remaining_time_in_millis(self) -> int:
        """Say how much is left."""
        return 15_000


def test_last_third_is_for_ending() -> None:
    """After ten of fifteen seconds no further store is begun."""
    shift = Shift()
    shift.begin(NOW, Context())

    late = [shift.is_late(NOW + timedelta(seconds=seconds)) for seconds in (0, 10, 11, 15)]

    assert late == [False, False, True, True]


def test_claim_outlives_its_worker_a_little() -> None:
    """Once the function is killed nobody sends any more, so another may claim soon after."""
    shift = Shift()
    shift.begin(NOW, Context())

    assert shift.lease(NOW + timedelta(seconds=9)) == NOW + timedelta(seconds=20)


def test_without_a_context_a_minute_is_assumed() -> None:
    """Tests and tools call workers without Lambda."""
    shift = Shift()
    unbegun = (shift.is_late(NOW), shift.lease(NOW))
    shift.begin(NOW, None)

    assert unbegun == (False, NOW + timedelta(seconds=65))
    assert shift.lease(NOW) == NOW + timedelta(seconds=65)
