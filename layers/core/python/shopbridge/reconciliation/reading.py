"""Reads what changed of one stream within a window, oldest change first, and compares it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from shopbridge import times
from shopbridge.commands import RefreshProduct
from shopbridge.historic_sync.run import Past, Stream
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.historic_sync.streams import SOURCES, Pages
from shopbridge.reconciliation.comparing import COMPARE, Node
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import waiting
from shopbridge.reconciliation.seen import Compared, Seen, Span
from shopbridge.shopify.payloads.base import plain_id

MOST: Final = 10_000
"""Objects that are compared at once; Shopify pages through 25,000 at most."""
PART: Final = 1_000
"""Checkouts that are read as one part, whole or not at all."""
CHECKOUTS: Final = Pages(
    page="checkouts_changed",
    listing="checkouts_listing",
    count="checkouts_count",
    listed_by="updated_at",
    counted_by="updated_at",
    nested={"lineItems": "checkout_lines"},
    at_once=100,
)
BEYOND: Final = timedelta(days=1)
"""
No upper bound for Shopify: customers are matched by whole days, it says, so what is too new is
left out here. Sorted by change, the first of it is the end.
"""


class Read(NamedTuple):
    """A part of a stream, as it was read."""

    at: datetime
    nodes: Sequence[Node]
    upto: datetime
    """All that changed before was read with it or earlier."""


def compare(desk: Desk, stream: Stream, span: Span) -> Compared:
    """
    Compare what of `stream` changed in `span`, as far as time and `MOST` allow.

    Raises:
        AdminUnavailable: nothing, or only a part, could be read now.
        AdminRejected: Shopify refuses the app, the store or the query.
    """
    waits = waiting(desk.ledger, desk.store.name)
    reads = _checkouts(desk, span) if stream == "checkouts" else _changed_first(desk, stream, span)
    seen: list[Seen] = []
    upto = span.since
    while not desk.is_late() and len(seen) < MOST and upto < span.until:
        read = next(reads)
        nodes = [node for node in read.nodes if span.since <= _changed(node) < span.until]
        found = COMPARE[stream](desk, nodes, read.at, waits)
        new = {plain_id(node["id"]) for node in nodes if _created(node) >= span.since}
        seen += [one._replace(is_new=one.id in new) for one in found]
        upto = read.upto
    return Compared(stream, Span(span.since, upto), seen, is_whole=upto >= span.until)


def _changed_first(desk: Desk, stream: Past, span: Span) -> Iterator[Read]:
    """Read a stream by when its objects changed, and in that order."""
    pages = replace(SOURCES[stream], page=f"{stream}_changed", listed_by="updated_at")
    reader, cursor, upto = desk.reader(pages), None, span.since
    while upto < span.until:
        began = desk.now()
        page = reader.page(Window(span.since, began + BEYOND), cursor)
        changed = [_changed(node) for node in page.nodes]
        upto = max([upto, *changed]) if page.has_next else span.until
        yield Read(began, page.nodes, min(upto, span.until))
        cursor = page.cursor


def _checkouts(desk: Desk, span: Span) -> Iterator[Read]:
    """
    Read checkouts by parts of the span, oldest first.

    Shopify sorts them by when they were created alone, so only a whole part says that all
    that changed in it was read.
    """
    reader, whole = desk.reader(CHECKOUTS), Window(span.since, span.until)
    parts = [one.window for one in cut(whole, reader.count, lambda: span.since, PART)]
    for part in sorted(parts, key=lambda one: one.until):
        cursor, before, has_next = None, part.since or span.since, True
        while has_next:
            began = desk.now()
            page = reader.page(part, cursor)
            cursor, has_next = page.cursor, page.has_next
            yield Read(began, page.nodes, before if has_next else part.until)


def gone(desk: Desk, until: datetime) -> list[Seen]:
    """List the products that the feed shows and Shopify has no longer."""
    known = desk.catalogue.products()
    if not known or desk.is_late():
        return []
    reader, whole = desk.reader(SOURCES["products"]), Window(None, desk.now() + BEYOND)
    slices = cut(whole, reader.count, lambda: reader.oldest(whole))
    listed = {id_ for one in slices for id_ in reader.ids(one.window)}
    return [
        Seen(id_, "extra", until, {0: RefreshProduct(product_id=id_)})
        for id_ in sorted(known - listed)
    ]


def _changed(node: Node) -> datetime:
    return times.parse(node["updatedAt"])


def _created(node: Node) -> datetime:
    return times.parse(node["createdAt"])
