"""Builds a store's feed out of the catalogue's rows, in one pass and constant memory."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from shopbridge.catalogue.item import Choice, Entry, cleaned, entry, left_out
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.upload import Sink
from shopbridge.catalogue.wording import WORDINGS, Channel, Format, Wording

CHUNK_BYTES: Final = 64 * 1024
"""So much is written before it is handed on: compressing line by line takes twice as long."""

MOST_LOCATIONS: Final = 1000
"""Locations that are remembered by name; Shopify lets a store have 200, or 1,000 on Plus."""


class Written(msgspec.Struct, frozen=True):
    """One way the feed is written: what it is, and how large."""

    etag: str
    size: int
    gzip_size: int


class Contents(msgspec.Struct, frozen=True):
    """What a built feed holds."""

    items: int
    left_out: dict[str, int]
    """How many variants are not in it, by reason."""
    locations: dict[str, str]
    """Names of all places that the store's stock lies in, chosen or not, by id."""
    formats: dict[Format, Written]


Open = Callable[[Format, bool], Sink]
"""Opens the object for a format, plain or compressed."""


def build(rows: Iterable[Row], channel: Channel, choice: Choice, sink: Open) -> Contents:
    """
    Write the feed in every format, plain and compressed; all appear at the end or none does.

    Rows are read once; of all that passes only counts and locations are kept.
    """
    count: Counter[str] = Counter()
    locations: dict[str, str] = {}
    items = 0
    with _writers(sink) as writers:
        for writer in writers:
            writer.begin(channel)
        for row in rows:
            _remember(locations, row)
            reason = left_out(row)
            if reason:
                count[reason] += 1
                continue
            told = entry(row, choice)
            for writer in writers:
                writer.add(told, items)
            items += 1
        formats = {writer.format: writer.end() for writer in writers}
    return Contents(items, dict(count), locations, formats)


class _Writer:
    """One format, into its two objects."""

    def __init__(self, format_: Format, wording: Wording, sink: Open) -> None:
        self.format = format_
        self._wording = wording
        self._sinks = [sink(format_, False), sink(format_, True)]
        self._digest = hashlib.sha256()
        self._chunk = bytearray()

    def begin(self, channel: Channel) -> None:
        self._chunk += self._wording.head(channel).encode()

    def add(self, told: Entry, number: int) -> None:
        self._chunk += self._wording.item(told, number).encode()
        if len(self._chunk) >= CHUNK_BYTES:
            self._flush()

    def end(self) -> Written:
        self._chunk += self._wording.tail().encode()
        self._flush()
        for sink in self._sinks:
            sink.close()
        plain, gzipped = self._sinks
        return Written(self._digest.hexdigest()[:32], plain.size, gzipped.size)

    def give_up(self) -> None:
        for sink in self._sinks:
            sink.give_up()

    def _flush(self) -> None:
        data = bytes(self._chunk)
        self._chunk.clear()
        self._digest.update(data)
        for sink in self._sinks:
            sink.write(data)


@contextmanager
def _writers(sink: Open) -> Iterator[list[_Writer]]:
    writers = [_Writer(format_, wording, sink) for format_, wording in WORDINGS.items()]
    try:
        yield writers
    except BaseException:
        for writer in writers:
            writer.give_up()
        raise


def _remember(locations: dict[str, str], row: Row) -> None:
    for id_, level in row["inventory"].items():
        if id_ not in locations and len(locations) < MOST_LOCATIONS:
            locations[id_] = cleaned(level["name"])
