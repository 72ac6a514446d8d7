"""
Reads slices page by page and sends their commands.

    ids ─▶ manifest ─▶ ledger: made ─▶ lane ─▶ checkpoint

A kill at any arrow repeats the page: ids are joined with those that are written already, a
command's row is named by its id, and what was sent is known to its worker.
"""

from datetime import datetime

from shopbridge.historic_sync.chunks import chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.reader import Page
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.message import write
from shopbridge.shopify.payloads.base import plain_id


def read(desk: Desk) -> Step:
    """Read what is left of the run's slices, as far as time allows."""
    for one in desk.runs.slices(desk.run):
        if one.state == "reading" and not _whole(desk, one):
            return MORE
    return DONE


def _whole(desk: Desk, one: Slice) -> bool:
    """Read a slice to its end; False where time is up."""
    ids = desk.manifests.ids(one)
    while one.state == "reading":
        if desk.is_late():
            return False
        one = _page(desk, one, ids)
    return True


def _page(desk: Desk, one: Slice, ids: set[str]) -> Slice:
    """Read one page, send its commands, and checkpoint; `ids` grows with it."""
    source, began = SOURCES[one.stream], desk.now()
    page = desk.reader(one.stream).page(Window(one.since, one.until), one.cursor)
    ids |= {plain_id(node["id"]) for node in page.nodes}
    desk.manifests.note(one, ids)
    desk.ledger.made(one, source.kind, len(ids), began)
    desk.lanes.send(source.lane, _texts(desk, one, page, began))
    return desk.runs.save(
        one,
        cursor=page.cursor,
        read=len(ids),
        state="reading" if page.has_next else "read",
        moved_at=desk.now(),
    )


def _texts(desk: Desk, one: Slice, page: Page, at: datetime) -> list[str]:
    means = SOURCES[one.stream].means
    numbered = [(int(plain_id(node["id"])), means(node, at, page.denied)) for node in page.nodes]
    texts = []
    for chunk in chunks(numbered):
        ids, commands = zip(*chunk, strict=True)
        texts.append(write(head_of(desk.run, one, commands, ids), b""))
    return texts
