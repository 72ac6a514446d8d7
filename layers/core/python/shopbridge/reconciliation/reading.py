"""Reads what changed of one stream within a window, oldest change first, and compares it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from shopbridge import times
from shopbridge.commands import RefreshProduct
from shopbridge.historic_sync.run import Stream
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.historic_sync.streams import SOURCES, Pages
from shopbridge.reconciliation.comparing import COMPARE, Node
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import waiting
from shopbridge.reconciliation.reads import BEYOND, Read, by_change, changed, in_parts
from shopbridge.reconciliation.seen import Compared, Seen, Span
from shopbridge.shopify.payloads.base import plain_id

MOST: Final = 10_000
"""Objects that are compared at once; Shopify pages through 25,000 at most."""
CHECKOUTS: Final = Pages(
    page="checkouts_changed",
    listing="checkouts_listing",
    count="checkouts_count",
    listed_by="updated_at",
    counted_by="updated_at",
    nested={"lineItems": "checkout_lines"},
    at_once=100,
)


def compare(desk: Desk, stream: Stream, span: Span) -> Compared:
    """
    Compare what of `stream` changed in `span`, as far as time and `MOST` allow.

    Raises:
        AdminUnavailable: nothing, or only a part, could be read now.
        AdminRejected: Shopify refuses the app, the store or the query.
    """
    waits = waiting(desk.ledger, desk.store.name)
    reads = _reads(desk, stream, span)
    seen: list[Seen] = []
    upto = span.since
    while not desk.is_late() and len(seen) < MOST and upto < span.until:
        read = next(reads)
        nodes = [node for node in read.nodes if span.since <= changed(node) < span.until]
        found = COMPARE[stream](desk, nodes, read.at, waits)
        new = {plain_id(node["id"]) for node in nodes if _created(node) >= span.since}
        seen += [one._replace(is_new=one.id in new) for one in found]
        upto = read.upto
    return Compared(stream, Span(span.since, upto), seen, is_whole=upto >= span.until)


def _reads(desk: Desk, stream: Stream, span: Span) -> Iterator[Read]:
    if stream == "checkouts":
        return in_parts(desk.reader(CHECKOUTS), span, desk.now)
    pages = replace(SOURCES[stream], page=f"{stream}_changed", listed_by="updated_at")
    return by_change(desk.reader(pages), span, desk.now)


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


def _created(node: Node) -> datetime:
    return times.parse(node["createdAt"])
