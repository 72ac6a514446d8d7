"""Fetches the result of an operation that has ended, piece by piece, into S3."""

from typing import Final

from shopbridge.historic_sync.bulk.asking import failed
from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.historic_sync.bulk.results import Gone
from shopbridge.historic_sync.step import Desk
from shopbridge.shopify.download import NotServed

REFUSALS: Final = 3
"""Addresses that may be refused before the operation is begun again."""


def fetch(desk: Desk, one: Operation) -> Operation:
    """Fetch what is left, as far as time allows; Shopify is asked for the address anew."""
    if not one.size:
        return desk.runs.save(one, state="reading")
    told = desk.bulk().look(one.id)
    if told is None or not told.url or told.file_size != one.size:
        return failed(desk, one, "its result is not there any more")
    try:
        return _fetched(desk, one, told.url)
    except Gone:
        return desk.runs.save(latest(desk, one), upload="", pieces=())
    except NotServed as exc:
        now = latest(desk, one)
        if now.refused + 1 >= REFUSALS:
            return failed(desk, now, str(exc))
        return desk.runs.save(now, refused=now.refused + 1)


def latest(desk: Desk, one: Operation) -> Operation:
    """Return an operation as its row is now."""
    return next(each for each in desk.runs.operations(desk.run) if each.name == one.name)


def _fetched(desk: Desk, one: Operation, url: str) -> Operation:
    if not one.upload:
        one = desk.runs.save(one, upload=desk.results.begin(one))
    while (start := len(one.pieces) * desk.results.piece) < one.size:
        if desk.is_late():
            return one
        piece = desk.fetch(url, start, min(desk.results.piece, one.size - start))
        one = desk.runs.save(one, pieces=(*one.pieces, desk.results.put(one, piece)))
    desk.results.end(one)
    return desk.runs.save(one, state="reading")
