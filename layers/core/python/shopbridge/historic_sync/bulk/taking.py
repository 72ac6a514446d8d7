"""
Reads a result that lies in S3, and puts its objects where pages put theirs.

    lines ─▶ objects ─▶ by slice: ids, ledger, lane ─▶ checkpoint: how many bytes are read

Only an operation whose lines are as many as Shopify counted has brought everything.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from shopbridge.errors import InvalidPayload
from shopbridge.historic_sync.bulk.asking import bulk_of, failed
from shopbridge.historic_sync.bulk.fetching import latest
from shopbridge.historic_sync.bulk.lines import Object, Unusable, objects, whole_lines
from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.historic_sync.bulk.results import Gone
from shopbridge.historic_sync.reader import moment
from shopbridge.historic_sync.run import Slice
from shopbridge.historic_sync.step import Desk
from shopbridge.historic_sync.streams import Found, Reading
from shopbridge.historic_sync.taking import take
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned_json


def read(desk: Desk, one: Operation) -> Operation:
    """Read what is left, as far as time allows."""
    shelves = Shelves([each for each in desk.runs.slices(desk.run) if one.covers(each)])
    try:
        for part in _parts(desk, one):
            one = _taken(desk, one, part, shelves)
            if desk.is_late():
                return one
    except Gone:
        now = latest(desk, one)
        return desk.runs.save(now.again(state="running", id=now.id, asked_at=now.asked_at))
    except Unusable as exc:
        return failed(desk, latest(desk, one), str(exc))
    if (one.lines, one.read) != (one.objects, one.roots):
        return failed(desk, one, f"its result has {one.lines} of {one.objects} objects")
    return _ended(desk, one, shelves)


@dataclass(slots=True)
class Shelves:
    """The slices that an operation covers; an object belongs to the one it was created in."""

    slices: list[Slice]
    begins: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.slices.sort(key=lambda each: each.until)
        self.begins = [moment(each.since) if each.since else "" for each in self.slices]

    def place(self, one: Object) -> int:
        """Return the position of the slice of an object."""
        place = bisect_right(self.begins, one.created_at) - 1
        if not one.created_at or place < 0 or one.created_at >= moment(self.slices[-1].until):
            raise Unusable("an object that was not asked for")
        return place


def _parts(desk: Desk, one: Operation) -> Iterator[Sequence[Object]]:
    lines = whole_lines(desk.results.blocks(one))
    found = objects(lines, one.offset, bulk_of(one).nested)
    while part := list(islice(found, desk.sizes.in_part)):
        yield part


def _taken(desk: Desk, one: Operation, part: Sequence[Object], shelves: Shelves) -> Operation:
    by_slice: dict[int, list[Object]] = defaultdict(list)
    for each in part:
        by_slice[shelves.place(each)].append(each)
    assert one.asked_at is not None
    reading = Reading(one.asked_at, (), desk.store.profile)
    for place, own in by_slice.items():
        of, found = shelves.slices[place], [_found(each) for each in own]
        made = take(desk, of, found, reading, desk.manifests.made(of))
        shelves.slices[place] = desk.runs.save(of, read=len(made), moved_at=desk.now())
    return desk.runs.save(
        one,
        offset=part[-1].end,
        lines=one.lines + sum(each.lines for each in part),
        read=one.read + len(part),
    )


def _found(one: Object) -> Found:
    try:
        return Found(plain_id(one.id), cleaned_json(one.text))
    except InvalidPayload as exc:
        raise Unusable("an object that is no text") from exc


def _ended(desk: Desk, one: Operation, shelves: Shelves) -> Operation:
    for each in shelves.slices:
        if each.state == "reading":
            desk.runs.save(each, state="read", moved_at=desk.now())
    desk.results.delete(one)
    return desk.runs.save(one, state="done")
