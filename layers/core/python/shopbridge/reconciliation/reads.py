"""Reads what of a stream changed within a span, so that it is known how far all was read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Protocol

from shopbridge import times
from shopbridge.historic_sync.asking import Page
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.reconciliation.seen import Span

Node = Mapping[str, Any]

BEYOND: Final = timedelta(days=1)
"""
No upper bound for Shopify: customers are matched by whole days, it says, so what is too new is
left out here. Sorted by change, the first of it is the end.
"""
SECOND: Final = timedelta(seconds=1)
"""Shopify is asked by whole seconds; what is beyond is left out here."""
PART: Final = 1_000
"""Objects that are read as one part, whole or not at all."""


class Counts(Protocol):
    """Whatever counts and reads a stream by when its objects changed."""

    def count(self, window: Window) -> int:
        """Ask Shopify how many there are."""

    def page(self, window: Window, cursor: str | None) -> Page:
        """Read what follows `cursor`."""


class Read(NamedTuple):
    """A part of a stream, as it was read."""

    at: datetime
    nodes: Sequence[Node]
    upto: datetime
    """All that changed before was read with it or earlier."""


def by_change(reader: Counts, span: Span, now: Callable[[], datetime]) -> Iterator[Read]:
    """Read a stream that Shopify sorts by when its objects changed."""
    cursor, upto = None, span.since
    while upto < span.until:
        began = now()
        page = reader.page(Window(span.since, began + BEYOND), cursor)
        at = [changed(node) for node in page.nodes]
        upto = min(max([upto, *at]) if page.has_next else span.until, span.until)
        yield Read(began, page.nodes, upto)
        cursor = page.cursor


def in_parts(
    reader: Counts, span: Span, now: Callable[[], datetime], most: int = PART
) -> Iterator[Read]:
    """
    Read a stream by parts of the span, oldest first.

    Shopify sorts checkouts by when they were created alone, so only a whole part says that
    all that changed in it was read.
    """
    whole = Window(span.since, times.second(span.until + SECOND))
    parts = [one.window for one in cut(whole, reader.count, lambda: span.since, most)]
    for part in sorted(parts, key=lambda one: one.until):
        cursor, has_next = None, True
        while has_next:
            began = now()
            page = reader.page(part, cursor)
            cursor, has_next = page.cursor, page.has_next
            upto = part.since or span.since
            yield Read(began, page.nodes, upto if has_next else min(part.until, span.until))


def changed(node: Node) -> datetime:
    """Return when an object changed last."""
    return times.parse(node["updatedAt"])
