"""Cuts a stream's past into windows that Shopify can page through. Pure."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from shopbridge import times

MOST = 20_000
"""Objects in a window; Shopify pages through 25,000 at most."""

SHORTEST = timedelta(seconds=1)
"""Shopify's times have a grain of a second."""


class Window(NamedTuple):
    """From `since` (None: the beginning) until just before `until`."""

    since: datetime | None
    until: datetime


class Counted(NamedTuple):
    """A window and how many objects were created in it."""

    window: Window
    objects: int


def cut(
    whole: Window,
    count: Callable[[Window], int],
    oldest: Callable[[], datetime | None],
    most: int = MOST,
) -> Iterator[Counted]:
    """
    Yield windows that cover `whole`, newest first, of `most` objects at the most.

    More than that only where they were created within one second. `oldest` is asked, once,
    where one window does not do.
    """
    counted = count(whole)
    if counted <= most:
        yield Counted(whole, counted)
        return
    first = oldest() or whole.until
    yield from _cut(Counted(Window(whole.since, whole.until), counted), count, first, most)


def _cut(
    one: Counted, count: Callable[[Window], int], first: datetime, most: int
) -> Iterator[Counted]:
    since, until = one.window
    middle = _middle(max(since or first, first), until)
    if one.objects <= most or middle is None:
        yield one
        return
    newer = Window(middle, until)
    yield from _cut(Counted(newer, count(newer)), count, first, most)
    older = Window(since, middle)
    yield from _cut(Counted(older, count(older)), count, first, most)


def _middle(since: datetime, until: datetime) -> datetime | None:
    """Halve at a whole second; None where a second is all there is."""
    middle = times.second(since + (until - since) / 2)
    return middle if since < middle < until and until - since > SHORTEST else None
