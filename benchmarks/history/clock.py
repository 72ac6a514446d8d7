"""Time that passes only where somebody waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BEGAN = datetime.fromisoformat("2026-11-25T08:00:00Z")


@dataclass
class Clock:
    """Seconds since the run began; `busy` counts those in which a function is paid for."""

    seconds: float = 0.0
    busy: float = 0.0

    def work(self, seconds: float) -> None:
        """Let a function be at work, or wait for an answer, for so long."""
        self.seconds += seconds
        self.busy += seconds

    def wait(self, seconds: float) -> None:
        """Let the state machine wait."""
        self.seconds += seconds

    def now(self) -> datetime:
        """Tell the time."""
        return BEGAN + timedelta(seconds=self.seconds)

    def ticks(self) -> float:
        """Tell the seconds, as a bucket of points wants them."""
        return self.seconds
