"""
Says what a run would take, without sending anything: counts, and one page read on trial.

The page tells what it costs at Shopify, how long it takes, and how many commands its objects
become. Dollars are AWS's list prices for the calls that a command makes; what a store's own
AWS account pays may be less.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any, Final, NamedTuple

from shopbridge.errors import InvalidPayload
from shopbridge.historic_sync.asking import Asking, Page
from shopbridge.historic_sync.lane import COMMANDS
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.run import Stream
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.streams import SOURCES, Found, Reading
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import Answer
from shopbridge.stores.profile import Profile

PER_CALL: Final[dict[Stream, int]] = {"customers": 1_000, "orders": 500}
"""What Netcore is sent in one call at most; products are not sent there."""

WRITES: Final = 2
"""Writes of a single row that one command waits for at least: what was sent, or a claim; and how
it ended."""
ROWS: Final[dict[Stream, int]] = {"customers": 2, "orders": 3, "products": 2}
"""Rows that are written for it at least; receipts are written many at once."""

DOLLARS: Final = {
    "dynamodb write unit": 0.000000625,
    "lambda GB-second": 0.0000133334,
    "sqs request": 0.0000004,
}
"""AWS's list prices in us-east-1, 2026-11-23."""

WRITE_SECONDS: Final = 0.005
"""Of a worker of half a gigabyte, which waits for each write."""
REQUESTS: Final = 3
"""To SQS for a message: sent, received, deleted."""


class Estimate(NamedTuple):
    """What one stream would take, at least."""

    stream: Stream
    objects: int
    """As Shopify counts them."""
    commands: int
    """If all objects are like those of the first page."""
    shopify_queries: int
    shopify_points: int
    netcore_calls: int
    seconds: int
    """Of reading."""
    dollars: float
    """At AWS."""


@dataclass
class Meter:
    """Passes questions on to `gateway`, and notes what they cost."""

    gateway: Asks
    points: float = 0
    per_second: float = 0

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Execute `document`."""
        answer = self.gateway.ask(document, variables)
        if answer.points:
            self.points += answer.points.cost
            self.per_second = answer.points.per_second
        return answer


def estimate(
    stream: Stream, gateway: Asks, store: Profile, window: Window, now: Callable[[], datetime]
) -> Estimate:
    """
    Count what of `stream` was created in `window`, and read the first page of it.

    Raises:
        AdminUnavailable: Shopify cannot say now.
        AdminRejected: Shopify refuses the app, the store or the query.
    """
    meter = Meter(gateway)
    reader = StreamReader(Asking(meter, sleep=lambda seconds: None), SOURCES[stream])
    objects = reader.count(window)
    meter.points, began = 0, now()
    page = reader.page(window, None)
    took = (now() - began).total_seconds()
    trial = Trial(began, took, meter.points, meter.per_second)
    return _of(stream, objects, page, store, trial)


class Trial(NamedTuple):
    """What reading one page has cost."""

    at: datetime
    seconds: float
    points: float
    per_second: float
    """How many points Shopify gives back."""


def _of(stream: Stream, objects: int, page: Page, store: Profile, trial: Trial) -> Estimate:
    share = objects / len(page.nodes) if page.nodes else 0
    pages = ceil(share)
    commands = round(share * _commands(stream, page, store, trial.at))
    pace = trial.points / trial.per_second if trial.per_second else 0
    per_call = PER_CALL.get(stream)
    return Estimate(
        stream=stream,
        objects=objects,
        commands=commands,
        shopify_queries=pages,
        shopify_points=round(trial.points * share),
        netcore_calls=ceil(commands / per_call) if per_call else 0,
        seconds=round(max(trial.seconds, pace) * share),
        dollars=round(commands * _dollars(stream), 4),
    )


def _commands(stream: Stream, page: Page, store: Profile, at: datetime) -> int:
    """Count what the objects of a page become; what cannot be read becomes nothing."""
    reading = Reading(at, page.denied, store)
    made = 0
    for node in page.nodes:
        try:
            made += len(SOURCES[stream].means(Found.of(node), reading))
        except InvalidPayload:
            continue
    return made


def _dollars(stream: Stream) -> float:
    """Return what one command costs at AWS."""
    seconds = WRITES * WRITE_SECONDS * 0.5
    return (
        ROWS[stream] * DOLLARS["dynamodb write unit"]
        + seconds * DOLLARS["lambda GB-second"]
        + REQUESTS / COMMANDS * DOLLARS["sqs request"]
    )
