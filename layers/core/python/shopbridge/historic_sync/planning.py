"""Plans a run: counts each stream as Shopify does, and cuts it into slices."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from shopbridge.historic_sync.bulk.operation import spread
from shopbridge.historic_sync.run import Reader, ReaderWanted, Slice, Stream
from shopbridge.historic_sync.slicing import Counted, Window, cut
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.historic_sync.tail import LATE, YOUNG
from shopbridge.shopify.bulk import MOST
from shopbridge.stores.store import Store


def plan(desk: Desk) -> Step:
    """Plan the next stream that has no slices yet; a repetition writes the same ones."""
    missing = [stream for stream in desk.run.streams if stream not in desk.run.planned]
    if not missing:
        return DONE
    stream = missing[0]
    since = reach(desk.store, stream, desk.run.until)
    slices = _read_by(desk, stream, list(_slices(desk, stream, Window(since, desk.run.until))))
    desk.runs.add(slices)
    desk.runs.add(spread([one for one in slices if one.reader == "bulk"], MOST))
    changes = {"reach": since} if since else {}
    desk.runs.change(desk.run, planned=(*desk.run.planned, stream), **changes)
    return MORE


def reach(store: Store, stream: Stream, until: datetime) -> datetime | None:
    """Return since when Shopify shows a stream to the app; None where it shows all of it."""
    source = SOURCES[stream]
    if source.reaches_days is None or source.everything in (store.scopes or ()):
        return None
    return until - timedelta(days=source.reaches_days)


def reader_for(stream: Stream, wanted: ReaderWanted, objects: int, bulk_from: int) -> Reader:
    """Choose what reads a stream of so many objects."""
    if SOURCES[stream].bulk is None:
        return "pages"
    if wanted == "auto":
        return "bulk" if objects >= bulk_from else "pages"
    return wanted


def _read_by(desk: Desk, stream: Stream, slices: list[Slice]) -> list[Slice]:
    """Write down what reads each slice; pages read what has to wait, and what is on a list."""
    now = [one for one in slices if not (one.is_listed or one.not_before)]
    objects = sum(one.counted for one in now)
    by = reader_for(stream, desk.run.reader, objects, desk.sizes.bulk_from)
    return [msgspec.structs.replace(one, reader=by) if one in now else one for one in slices]


def _slices(desk: Desk, stream: Stream, whole: Window) -> Iterator[Slice]:
    """Yield the slices of `whole`, the newest first; its last day has to wait if it is a tail."""
    old, due = whole.until, whole.until + YOUNG
    if SOURCES[stream].has_tail:
        old = whole.until - YOUNG
        late = _slice(desk, stream, LATE, Counted(whole, 0), due)
        yield msgspec.structs.replace(late, is_listed=True)
    young = _cut(desk, stream, Window(old, whole.until)) if old < whole.until else ()
    rest = _cut(desk, stream, Window(whole.since, old))
    for number, one in enumerate((*young, *rest), 1):
        yield _slice(desk, stream, number, one, due if one.window.until > old else None)


def _cut(desk: Desk, stream: Stream, window: Window) -> Iterator[Counted]:
    reader = desk.reader(stream)
    return cut(window, reader.count, lambda: reader.oldest(window), desk.sizes.in_slice)


def _slice(
    desk: Desk, stream: Stream, number: int, counted: Counted, not_before: datetime | None
) -> Slice:
    return Slice(
        run=desk.run.id,
        stream=stream,
        number=number,
        since=counted.window.since,
        until=counted.window.until,
        not_before=not_before,
        received_at=not_before or desk.now(),
        counted=counted.objects,
    )
