"""Time that stands still until a test lets it pass."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """Everything in a test that tells the time or sleeps asks one of these."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """Tell the time, aware."""
        return self._now

    def seconds(self) -> float:
        """Tell the time in seconds since 1970."""
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self._now += timedelta(seconds=seconds)

    async def asleep(self, seconds: float) -> None:
        """Let time pass at once, for coroutines."""
        self.sleep(seconds)
