"""Plans a run: counts each stream as Shopify does, and cuts it into slices."""

from shopbridge.historic_sync.bulk.operation import spread
from shopbridge.historic_sync.run import Reader, ReaderWanted, Slice, Stream
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.shopify.bulk import MOST


def plan(desk: Desk) -> Step:
    """Plan the next stream that has no slices yet; a repetition writes the same ones."""
    missing = [stream for stream in desk.run.streams if stream not in desk.run.planned]
    if not missing:
        return DONE
    stream = missing[0]
    slices = _slices(desk, stream)
    desk.runs.add(slices)
    if slices and slices[0].reader == "bulk":
        desk.runs.add(spread(slices, MOST))
    desk.runs.change(desk.run, planned=(*desk.run.planned, stream))
    return MORE


def reader_for(stream: Stream, wanted: ReaderWanted, objects: int, bulk_from: int) -> Reader:
    """Choose what reads a stream of so many objects."""
    if SOURCES[stream].bulk is None:
        return "pages"
    if wanted == "auto":
        return "bulk" if objects >= bulk_from else "pages"
    return wanted


def _slices(desk: Desk, stream: Stream) -> list[Slice]:
    reader, whole = desk.reader(stream), Window(None, desk.run.until)
    counted = list(cut(whole, reader.count, lambda: reader.oldest(whole), desk.sizes.in_slice))
    objects = sum(one.objects for one in counted)
    by = reader_for(stream, desk.run.reader, objects, desk.sizes.bulk_from)
    return [
        Slice(
            run=desk.run.id,
            stream=stream,
            number=number,
            since=window.since,
            until=window.until,
            received_at=desk.now(),
            counted=count,
            reader=by,
        )
        for number, (window, count) in enumerate(counted, 1)
    ]
