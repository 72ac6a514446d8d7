"""
Reads slices, each by one of two readers, and sends their commands.

Bulk operations are begun first, since Shopify needs its time; pages are read meanwhile.
"""

from shopbridge.errors import AdminQueryRefused
from shopbridge.historic_sync.bulk.asking import begin
from shopbridge.historic_sync.bulk.work import advance
from shopbridge.historic_sync.numbering import Made
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import Found, Reading
from shopbridge.historic_sync.taking import take

REREADS = 2
"""How often a slice is read again before what is missing is called a gap."""


def read(desk: Desk) -> Step:
    """Read what is left of the run's slices, as far as time allows."""
    begin(desk)
    for one in desk.runs.slices(desk.run):
        if one.reader == "pages" and is_to_read(one, desk) and not _whole(desk, one):
            return MORE
    step = advance(desk)
    left = any(is_to_read(one, desk) for one in desk.runs.slices(desk.run))
    return MORE if step == DONE and left else step


def is_to_read(one: Slice, desk: Desk) -> bool:
    """Whether a slice is not read to its end, and may be by now."""
    return one.state == "reading" and one.is_due(desk.now())


def _whole(desk: Desk, one: Slice) -> bool:
    """Read a slice to its end, page by page; False where time is up."""
    made = desk.manifests.made(one)
    while one.state == "reading":
        if desk.is_late():
            return False
        one, made = _page(desk, one, made)
    return True


def _page(desk: Desk, one: Slice, before: Made) -> tuple[Slice, Made]:
    """Read one page, send its commands, and checkpoint."""
    began = desk.now()
    try:
        page = desk.reader_of(one).page(Window(one.since, one.until), one.cursor)
    except AdminQueryRefused:
        if one.cursor is None or one.rereads >= REREADS:
            raise
        # The cursor may be none any more: from the beginning, nobody is sent twice for it.
        return desk.runs.save(one, cursor=None, rereads=one.rereads + 1), before
    reading = Reading(began, page.denied, desk.store.profile)
    made = take(desk, one, [Found.of(node) for node in page.nodes], reading, before)
    saved = desk.runs.save(
        one,
        cursor=page.cursor,
        read=len(made),
        state="reading" if page.has_next else "read",
        moved_at=desk.now(),
    )
    return saved, made
