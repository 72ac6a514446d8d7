"""One measured figure: its value, the goal it is held to, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Parts = Mapping[str, float | str]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A limit, and on which side of it is good."""

    limit: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"

    def missed_by(self, value: float) -> float:
        """Return how far `value` is on the wrong side, as a share of the limit; 0 when met."""
        beyond = self.limit - value if self.at_least else value - self.limit
        return max(beyond / self.limit, 0.0)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """
    One row of the report.

    `skipped` says why there is no value; `reason` why the goal is known to be missed.
    """

    name: str
    title: str
    goal: Goal
    value: float | None = None
    unit: str = ""
    parts: Parts = field(default_factory=dict)
    skipped: str = ""
    reason: str = ""

    @property
    def verdict(self) -> str:
        """`met`, `missed by 12 %`, or `skipped`."""
        if self.value is None:
            return "skipped"
        share = self.goal.missed_by(self.value)
        return f"missed by {share:.0%}" if share else "met"

    @property
    def fails(self) -> bool:
        """Whether the goal is missed and nobody wrote down why."""
        missed = self.value is not None and self.goal.missed_by(self.value) > 0
        return missed and not self.reason

    def as_json(self) -> dict[str, Any]:
        """Return the figure as the JSON report holds it."""
        return {
            "name": self.name,
            "title": self.title,
            "value": self.value,
            "unit": self.unit,
            "goal": str(self.goal),
            "verdict": self.verdict,
            "reason": self.reason or None,
            "skipped": self.skipped or None,
            "parts": dict(self.parts),
        }
