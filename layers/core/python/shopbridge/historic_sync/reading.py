"""
Reads slices page by page and sends their commands.

    objects ─▶ manifest ─▶ ledger: made ─▶ lane ─▶ checkpoint

A kill at any arrow repeats the page: what was made is joined with what is written already,
a command's row is named by its object, and what was sent is known to its worker.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from shopbridge.commands import Command
from shopbridge.errors import InvalidPayload
from shopbridge.historic_sync.asking import Page
from shopbridge.historic_sync.chunks import chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.numbering import Made, commands, merged, number
from shopbridge.historic_sync.run import Slice, slice_name
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import SOURCES, Node, Reading
from shopbridge.historic_sync.tail import LATE, Split, split
from shopbridge.message import write
from shopbridge.shopify.payloads.base import plain_id


def read(desk: Desk) -> Step:
    """Read what is left of the run's slices, as far as time allows."""
    for one in desk.runs.slices(desk.run):
        if is_to_read(one, desk.now()) and not _whole(desk, one):
            return MORE
    return DONE


def is_to_read(one: Slice, now: datetime) -> bool:
    """Whether a slice is not read to its end, and may be."""
    return one.state == "reading" and one.is_due(now)


def _whole(desk: Desk, one: Slice) -> bool:
    """Read a slice to its end; False where time is up."""
    made = desk.manifests.made(one)
    while one.state == "reading":
        if desk.is_late():
            return False
        one, made = _page(desk, one, made)
    return True


def _page(desk: Desk, one: Slice, before: Made) -> tuple[Slice, Made]:
    """Read one page, send its commands, and checkpoint."""
    source, began = SOURCES[one.stream], desk.now()
    page = desk.reader_of(one).page(Window(one.since, one.until), one.cursor)
    parts = _parts(desk, one, page, began)
    made = merged(before, {id_: part.places for id_, part in parts.items()})
    late = (id_ for id_, part in parts.items() if part.has_more)
    desk.manifests.want(one.run, slice_name(one.stream, LATE), late)
    desk.manifests.note(one, made)
    desk.ledger.made(one, source.kind, commands(made), began)
    desk.lanes.send(source.lane, _texts(desk, one, parts))
    saved = desk.runs.save(
        one,
        cursor=page.cursor,
        read=len(made),
        state="reading" if page.has_next else "read",
        moved_at=desk.now(),
    )
    return saved, made


def _parts(desk: Desk, one: Slice, page: Page, at: datetime) -> dict[str, Split]:
    """Say what each object of a page means, and what of it may be sent now."""
    means = SOURCES[one.stream].means
    reading = Reading(at, page.denied, desk.store.profile)

    def part(node: Node) -> Split:
        try:
            return split(means(node, reading), desk.run.until, at)
        except InvalidPayload:
            return Split({}, is_readable=False)

    return {plain_id(node["id"]): part(node) for node in page.nodes}


def _texts(desk: Desk, one: Slice, parts: Mapping[str, Split]) -> list[str]:
    numbered: Iterable[tuple[int, Command]] = (
        (number(id_, place), command)
        for id_, part in parts.items()
        for place, command in part.now.items()
    )
    texts = []
    for chunk in chunks(list(numbered)):
        numbers, found = zip(*chunk, strict=True)
        texts.append(write(head_of(desk.run, one, found, numbers), b""))
    return texts
