"""Figure: what a warm webhook function spends on a delivery, beside what nobody can avoid."""

import hmac
import json
from collections.abc import Mapping
from http import HTTPStatus

import msgspec

from benchmarks import bodies, scene
from benchmarks.cpu import Pair, compare
from benchmarks.figure import Figure, Goal
from functions.webhooks.orders.create import handler as deployed

GOAL = Goal(limit=1.5)
SIZES = {"11 kB": bodies.SMALL, "61 kB": bodies.LARGE}


def measure() -> Figure:
    """Compare the whole shell but AWS with `hmac.digest` and `json.loads` of the same body."""
    pairs = {size: _pair(lines) for size, lines in SIZES.items()}
    return Figure(
        name="warm",
        title="warm CPU of a webhook ÷ hmac.digest + json.loads",
        goal=GOAL,
        value=max(pair.ratio for pair in pairs.values()),
        parts=_parts(pairs),
    )


def _pair(lines: int) -> Pair:
    ready = scene.Ready()
    services = scene.services(ready)
    handler = msgspec.structs.replace(deployed, services=lambda: services)
    body = bodies.order(lines)
    event, secret = scene.event(body), scene.SECRET.encode()
    answer = handler(event, None)
    if not answer or answer["statusCode"] != HTTPStatus.OK or b"&Message=" not in ready.sent:
        raise RuntimeError(f"the handler did not accept its own benchmark: {answer}")
    return compare(
        lambda: handler(event, None),
        lambda: (hmac.digest(secret, body, "sha256"), json.loads(body)),
    )


def _parts(pairs: Mapping[str, Pair]) -> dict[str, float | str]:
    parts: dict[str, float | str] = {}
    for size, pair in pairs.items():
        parts[f"{size} ratio"] = round(pair.ratio, 2)
        parts[f"{size} webhook µs"] = round(pair.first, 1)
        parts[f"{size} hmac + json µs"] = round(pair.second, 1)
    return parts
