"""From what was used to what it costs; pure arithmetic on a written-out count."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Used = Counter[tuple[str, str]]
"""How much of each priced unit each part of the system used: (part, unit) -> amount."""

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """List prices and what is assumed beside them; `prices.json` says from when."""

    dollars: Mapping[str, float]
    assumed: Mapping[str, Any]


@cache
def prices() -> Prices:
    """Read the data file."""
    told = json.loads(Path(__file__).with_name("prices.json").read_text())
    return Prices(told["dollars"], told["assumed"])


def per_million(used: Used, webhooks: int, dollars: Mapping[str, float]) -> dict[str, float]:
    """
    Price what `webhooks` deliveries used, by part, for a million of them.

    Raises:
        KeyError: a unit has no price.
    """
    parts: dict[str, float] = {}
    for (part, unit), amount in used.items():
        parts[part] = parts.get(part, 0.0) + amount * dollars[unit] * MILLION / webhooks
    return parts
