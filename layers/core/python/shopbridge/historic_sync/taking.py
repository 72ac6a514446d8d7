"""
Puts objects that were read into their lane; both readers end here.

    ids ─▶ manifest ─▶ ledger: made ─▶ lane

A kill at any arrow repeats all of it: ids are joined with those that are written already, a
command's row is named by its id, and what was sent is known to its worker.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from shopbridge.historic_sync.chunks import chunks
from shopbridge.historic_sync.ledger import head_of
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.step import Desk
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.message import write


class Found(NamedTuple):
    """One object: its id, and its JSON as Shopify wrote it."""

    id: str
    text: bytes


def take(  # noqa: PLR0913 - what was read, where to, and how
    desk: Desk,
    one: Slice,
    found: Sequence[Found],
    began: datetime,
    ids: set[str],
    *,
    denied: tuple[str, ...] = (),
) -> set[str]:
    """Send the commands of `found`, read from `began` on; return all `ids` of the slice so far."""
    source = SOURCES[one.stream]
    ids |= {each.id for each in found}
    desk.manifests.note(one, ids)
    desk.ledger.made(one, source.kind, len(ids), desk.now())
    desk.lanes.send(source.lane, _texts(desk, one, found, began, denied))
    return ids


def _texts(
    desk: Desk, one: Slice, found: Sequence[Found], at: datetime, denied: tuple[str, ...]
) -> Iterator[str]:
    means = SOURCES[one.stream].means
    numbered = [(int(each.id), means(each.id, each.text, at, denied)) for each in found]
    for chunk in chunks(numbered):
        ids, commands = zip(*chunk, strict=True)
        yield write(head_of(desk.run, one, commands, ids), b"")
