"""Shopify's leaky bucket of query points."""

from collections.abc import Callable
from typing import Any

PLANS = {"standard": 100, "advanced": 200, "plus": 1000, "enterprise": 2000}
"""Points that flow back each second; set by Shopify."""
_DEPTH = 20
"""How many seconds' worth the bucket holds, as measured on a live store."""


class Bucket:
    """Points left to one app in one store; `clock` counts seconds."""

    def __init__(self, plan: str, clock: Callable[[], float]) -> None:
        self._rate = PLANS[plan]
        self._clock = clock
        self._left = float(self._rate * _DEPTH)
        self._seen = clock()

    def holds(self, points: float) -> bool:
        """Tell whether a query of that many requested points may start."""
        return self._now() >= points

    def take(self, points: float) -> None:
        """Charge what a query really cost."""
        self._left = max(self._now() - points, 0.0)

    def status(self) -> dict[str, Any]:
        """Shopify's `throttleStatus`."""
        return {
            "maximumAvailable": float(self._rate * _DEPTH),
            "currentlyAvailable": int(self._now()),
            "restoreRate": float(self._rate),
        }

    def _now(self) -> float:
        now = self._clock()
        gained = (now - self._seen) * self._rate
        self._left, self._seen = min(self._left + gained, float(self._rate * _DEPTH)), now
        return self._left
