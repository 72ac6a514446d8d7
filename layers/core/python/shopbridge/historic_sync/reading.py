"""
Reads slices, each by one of two readers, and sends their commands.

Bulk operations are begun first, since Shopify needs its time; pages are read meanwhile.
"""

import msgspec

from shopbridge.historic_sync.bulk.asking import begin
from shopbridge.historic_sync.bulk.work import advance
from shopbridge.historic_sync.reader import Node
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.step import MORE, Desk, Step
from shopbridge.historic_sync.taking import Found, take
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned


def read(desk: Desk) -> Step:
    """Read what is left of the run's slices, as far as time allows."""
    begin(desk)
    for one in desk.runs.slices(desk.run):
        if one.state == "reading" and one.reader == "pages" and not _whole(desk, one):
            return MORE
    return advance(desk)


def _whole(desk: Desk, one: Slice) -> bool:
    """Read a slice to its end, page by page; False where time is up."""
    ids = desk.manifests.ids(one)
    while one.state == "reading":
        if desk.is_late():
            return False
        one = _page(desk, one, ids)
    return True


def _page(desk: Desk, one: Slice, ids: set[str]) -> Slice:
    """Read one page, send its commands, and checkpoint; `ids` grows with it."""
    began = desk.now()
    page = desk.reader(one.stream).page(Window(one.since, one.until), one.cursor)
    take(desk, one, [_found(node) for node in page.nodes], began, ids, denied=page.denied)
    return desk.runs.save(
        one,
        cursor=page.cursor,
        read=len(ids),
        state="reading" if page.has_next else "read",
        moved_at=desk.now(),
    )


def _found(node: Node) -> Found:
    return Found(plain_id(node["id"]), msgspec.json.encode(cleaned(dict(node))))
