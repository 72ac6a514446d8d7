"""How a delivery or a command ended; exactly one of these, `waiting` until then."""

from typing import Literal, get_args

Outcome = Literal[
    "delivered",
    "duplicate",
    "unchanged",
    "disabled",
    "superseded",
    "unidentified",
    "parked",
    "failed",
]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

OPEN: frozenset[Outcome] = frozenset({"parked", "failed"})
"""Outcomes that still need somebody."""

FINAL: frozenset[Outcome] = frozenset(OUTCOMES) - OPEN
"""Outcomes after which nothing is to be done."""

WAITING = "waiting"

_WORST_FIRST = (
    "failed",
    "parked",
    WAITING,
    "unidentified",
    "delivered",
    "superseded",
    "disabled",
    "duplicate",
    "unchanged",
)


def worst(outcomes: list[str]) -> str:
    """Derive a delivery's outcome from its commands'; `unchanged` when it made none."""
    return min(outcomes, key=_WORST_FIRST.index, default="unchanged")
