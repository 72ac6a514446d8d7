"""Reads what changed of one stream within a window, oldest change first, and compares it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from shopbridge import times
from shopbridge.commands import RefreshProduct
from shopbridge.historic_sync.run import Stream
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.historic_sync.streams import SOURCES, Source
from shopbridge.reconciliation.comparing import COMPARE, Node
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import waiting
from shopbridge.reconciliation.seen import Compared, Seen, Span

MOST: Final = 10_000
"""Objects that are compared at once; Shopify pages through 25,000 at most."""
BEYOND: Final = timedelta(days=1)
"""
No upper bound for Shopify: customers are matched by whole days, it says, so what is too new is
left out here. Sorted by change, the first of it is the end.
"""


def compare(desk: Desk, stream: Stream, span: Span) -> Compared:
    """
    Compare what of `stream` changed in `span`, as far as time and `MOST` allow.

    Raises:
        AdminUnavailable: nothing, or only a part, could be read now.
        AdminRejected: Shopify refuses the app, the store or the query.
    """
    reader, waits = desk.reader(_changes(stream)), waiting(desk.ledger, desk.store.name)
    seen: list[Seen] = []
    cursor, upto = None, span.since
    while not desk.is_late() and len(seen) < MOST:
        began = desk.now()
        page = reader.page(Window(span.since, began + BEYOND), cursor)
        nodes = [node for node in page.nodes if span.since <= _changed(node) < span.until]
        found = COMPARE[stream](desk, nodes, began, waits)
        new = {node["id"].rpartition("/")[2] for node in nodes if _created(node) >= span.since}
        seen += [one._replace(is_new=one.id in new) for one in found]
        upto = max([upto, *map(_changed, nodes)])
        if not page.has_next or any(_changed(node) >= span.until for node in page.nodes):
            return Compared(stream, span, seen, is_whole=True)
        cursor = page.cursor
    return Compared(stream, Span(span.since, upto), seen, is_whole=False)


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


def _changes(stream: Stream) -> Source:
    """Read a stream by when its objects changed, and in that order."""
    return replace(SOURCES[stream], page=f"{stream}_changed", listed_by="updated_at")


def _changed(node: Node) -> datetime:
    return times.parse(node["updatedAt"])


def _created(node: Node) -> datetime:
    return times.parse(node["createdAt"])
