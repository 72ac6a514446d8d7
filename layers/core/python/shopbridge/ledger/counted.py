"""
What one ledger row adds to the counters of its store, topic and hour.

Pure: a change of a row counts as its new image minus its old one, so whatever way a
command took, it stands in exactly one outcome.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopbridge.ledger.rows import Made, made
from shopbridge.outcome import OUTCOMES

Image = Mapping[str, Any]
"""A row as plain Python values."""

STATES = ("published", "parked", "failed")
"""States in which a delivery rests; in every other it is waiting."""

HOUR = len("2026-11-23T07")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a row is counted."""

    store: str
    hour: str
    """Of the delivery's arrival, so that what was made and what became of it meet."""
    topic: str


Counts = dict[Place, Counter[str]]


def change(old: Image | None, new: Image | None) -> Counts:
    """Count what a row became and take back what it was; a place moves with its hour."""
    counts: Counts = {}
    for image, sign in ((old, -1), (new, 1)):
        place = place_of(image) if image else None
        if image is None or place is None:
            continue
        total = counts.setdefault(place, Counter())
        for name, number in counted(image).items():
            total[name] += sign * number
    return {place: left for place, total in counts.items() if (left := _without_zeros(total))}


def place_of(image: Image) -> Place | None:
    """Say where a row is counted; None for rows that are no delivery and no command."""
    if "topic" not in image or "received_at" not in image:
        return None
    return Place(image["store"], image["received_at"][:HOUR], image["topic"])


def counted(image: Image) -> Counter[str]:
    """Count one row as it is."""
    return _command(image) if "kind" in image else _delivery(image)


def _delivery(image: Image) -> Counter[str]:
    counts = Counter({"arrivals": int(image.get("arrivals", 0)), "deliveries": 1})
    if image.get("state") in STATES:
        counts[image["state"]] += 1
    for command in map(made, image.get("commands", ())):
        counts += _made(command)
    for kind, number in image.get("made", {}).items():
        counts[f"made.{kind}"] += int(number)
    return counts


def _made(command: Made) -> Counter[str]:
    counts = Counter({f"made.{command.kind}": 1})
    if command.ended:
        counts[f"{command.ended}.{command.kind}"] = 1
    return counts


def _command(image: Image) -> Counter[str]:
    counts = Counter({"ambiguous": int(image.get("ambiguous", 0))})
    if image.get("outcome") in OUTCOMES:
        counts[f"{image['outcome']}.{image['kind']}"] = 1
    return counts


def _without_zeros(counts: Counter[str]) -> Counter[str]:
    return Counter({name: number for name, number in counts.items() if number})
