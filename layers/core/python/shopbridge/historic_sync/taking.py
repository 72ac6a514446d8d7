"""
Puts objects that were read into their lane; both readers end here.

    objects ─▶ manifest ─▶ ledger: made ─▶ lane

A kill at any arrow repeats all of it: what was made is joined with what is written already,
a command's row is named by its object, and what was sent is known to its worker.
"""

from collections.abc import Iterator, Mapping, Sequence

from shopbridge.errors import InvalidPayload
from shopbridge.historic_sync.chunks import chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.numbering import Made, commands, merged, number
from shopbridge.historic_sync.run import Slice, slice_name
from shopbridge.historic_sync.step import Desk
from shopbridge.historic_sync.streams import SOURCES, Found, Means, Reading
from shopbridge.historic_sync.tail import LATE, Split, split
from shopbridge.message import write


def take(desk: Desk, one: Slice, found: Sequence[Found], reading: Reading, before: Made) -> Made:
    """Send what `found` means; return all that the slice has made so far, `before` included."""
    source = SOURCES[one.stream]
    parts = {each.id: _part(desk, source.means, each, reading) for each in found}
    made = merged(before, {id_: part.places for id_, part in parts.items()})
    late = (id_ for id_, part in parts.items() if part.has_more)
    desk.manifests.want(one.run, slice_name(one.stream, LATE), late)
    desk.manifests.note(one, made)
    desk.ledger.made(one, source.kind, commands(made), desk.now())
    desk.lanes.send(source.lane, _texts(desk, one, parts))
    return made


def _part(desk: Desk, means: Means, found: Found, reading: Reading) -> Split:
    """Say what one object means, and what of it may be sent now."""
    try:
        return split(means(found, reading), desk.run.until, reading.at)
    except InvalidPayload:
        return Split({}, is_readable=False)


def _texts(desk: Desk, one: Slice, parts: Mapping[str, Split]) -> Iterator[str]:
    numbered = (
        (number(id_, place), command)
        for id_, part in parts.items()
        for place, command in part.now.items()
    )
    for chunk in chunks(numbered):
        numbers, found = zip(*chunk, strict=True)
        yield write(head_of(desk.run, one, found, numbers), b"")
