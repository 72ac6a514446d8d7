"""Plans a run: counts each stream as Shopify does, and cuts it into slices."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from shopbridge.historic_sync.bulk.operation import spread
from shopbridge.historic_sync.coverage import reach, seen
from shopbridge.historic_sync.run import Reader, ReaderWanted, Slice, Stream
from shopbridge.historic_sync.slicing import Counted, Window, cut
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.historic_sync.tail import LATE, YOUNG
from shopbridge.shopify.bulk import MOST


def plan(desk: Desk) -> Step:
    """Plan the next stream that has no slices yet; a repetition writes the same ones."""
    run = desk.run
    missing = [stream for stream in run.streams if stream not in run.planned]
    if not missing:
        return DONE
    stream = missing[0]
    planned = (*run.planned, stream)
    if run.retries:
        desk.runs.add(_retried(desk, stream))
        desk.runs.change(run, planned=planned)
        return MORE
    since, _ = seen(desk.store, stream, Window(run.since, run.until))
    top = run.tops.get(stream, run.until)
    if since is None or since < top:
        slices = _read_by(desk, stream, list(_slices(desk, stream, Window(since, top))))
        desk.runs.add(slices)
        desk.runs.add(spread([one for one in slices if one.reader == "bulk"], MOST))
    floor = {one: at for one, at in run.floor.items() if one != stream}
    floor |= {stream: min(since, top)} if since else {}
    shown = reach(desk.store, stream, run.until)
    desk.runs.change(run, planned=planned, floor=floor, reach=shown or run.reach)
    return MORE


def _retried(desk: Desk, stream: Stream) -> Iterator[Slice]:
    """Yield one slice of the ids that an earlier run missed."""
    gaps = desk.manifests.of(desk.run.retries)
    ids = {gap["id"] for gap in gaps if gap["stream"] == stream and gap["id"]}
    one = _slice(desk, stream, 1, Counted(Window(None, desk.run.until), len(ids)))
    desk.manifests.want(desk.run.id, one.name, ids)
    yield msgspec.structs.replace(one, is_listed=True)
    if SOURCES[stream].has_tail:
        yield _late(desk, stream)


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
    old = whole.until
    if SOURCES[stream].has_tail:
        old = min(old, desk.run.until - YOUNG)
        yield _late(desk, stream)
    young = _cut(desk, stream, Window(old, whole.until)) if old < whole.until else ()
    rest = _cut(desk, stream, Window(whole.since, old))
    for number, one in enumerate((*young, *rest), 1):
        due = desk.run.until + YOUNG if one.window.until > old else None
        yield _slice(desk, stream, number, one, due)


def _late(desk: Desk, stream: Stream) -> Slice:
    """Return the slice of what is older than the tail, but was changed within it."""
    none = Counted(Window(None, desk.run.until), 0)
    one = _slice(desk, stream, LATE, none, desk.run.until + YOUNG)
    return msgspec.structs.replace(one, is_listed=True)


def _cut(desk: Desk, stream: Stream, window: Window) -> Iterator[Counted]:
    reader = desk.reader(stream)
    return cut(window, reader.count, lambda: reader.oldest(window), desk.sizes.in_slice)


def _slice(
    desk: Desk, stream: Stream, number: int, counted: Counted, not_before: datetime | None = None
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
