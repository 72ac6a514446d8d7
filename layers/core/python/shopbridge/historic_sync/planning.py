"""Plans a run: counts each stream as Shopify does, and cuts it into slices."""

from shopbridge.historic_sync.run import Slice, Stream
from shopbridge.historic_sync.slicing import Window, cut
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step


def plan(desk: Desk) -> Step:
    """Plan the next stream that has no slices yet; a repetition writes the same ones."""
    missing = [stream for stream in desk.run.streams if stream not in desk.run.planned]
    if not missing:
        return DONE
    stream = missing[0]
    desk.runs.add(_slices(desk, stream))
    desk.runs.change(desk.run, planned=(*desk.run.planned, stream))
    return MORE


def _slices(desk: Desk, stream: Stream) -> list[Slice]:
    reader, whole = desk.reader(stream), Window(None, desk.run.until)
    counted = cut(whole, reader.count, lambda: reader.oldest(whole))
    return [
        Slice(
            run=desk.run.id,
            stream=stream,
            number=number,
            since=window.since,
            until=window.until,
            received_at=desk.now(),
            counted=count,
        )
        for number, (window, count) in enumerate(counted, 1)
    ]
