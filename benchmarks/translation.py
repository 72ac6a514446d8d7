"""Figure: orders translated in a CPU second, beside the same job with pydantic models."""

from collections.abc import Mapping

import msgspec

from benchmarks import bodies, scene
from benchmarks.baselines import translation as baseline
from benchmarks.cpu import Pair, compare
from benchmarks.figure import Figure, Goal
from functions.webhooks.orders.create import translate
from shopbridge.shopify.payloads.order import Order
from shopbridge.shopify.reading import read

GOAL = Goal(limit=8, at_least=True)
SIZES = {"11 kB": bodies.SMALL, "61 kB": bodies.LARGE}

_encode = msgspec.json.Encoder().encode


def measure() -> Figure:
    """Compare both from a body's bytes to its commands' bytes."""
    pairs = {size: _pair(bodies.order(lines)) for size, lines in SIZES.items()}
    return Figure(
        name="translation",
        title="orders translated per CPU second ÷ pydantic models of the whole order",
        goal=GOAL,
        value=min(pair.ratio for pair in pairs.values()),
        parts=_parts(pairs),
    )


def translated(body: bytes) -> bytes:
    """Return the commands of an order's body, as JSON: our way."""
    return _encode(tuple(translate(read(body, Order), scene.PROFILE)))


def _pair(body: bytes) -> Pair:
    return compare(lambda: baseline.translated(body), lambda: translated(body))


def _parts(pairs: Mapping[str, Pair]) -> dict[str, float | str]:
    parts: dict[str, float | str] = {}
    for size, pair in pairs.items():
        parts[f"{size} ratio"] = round(pair.ratio, 2)
        parts[f"{size} orders per CPU second"] = round(1e6 / pair.second)
        parts[f"{size} with pydantic"] = round(1e6 / pair.first)
    return parts
