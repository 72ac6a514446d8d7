"""The shell around every delivery worker: read a batch, group by store, deliver, record."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from shopbridge import message, reasons
from shopbridge.entry import backoff, setback
from shopbridge.entry.gate import closed
from shopbridge.errors import InvalidPayload, ShopbridgeError
from shopbridge.outcome import OPEN
from shopbridge.passing import is_passing
from shopbridge.station import trouble
from shopbridge.station.station import Station
from shopbridge.stores.store import Store, never_installed
from shopbridge.work import C, Ended, Item, Later, Result

logger = Logger()

UNREADABLE_SECONDS = 2
"""How long a message rests that is none of ours; 800 receives later its queue gives it up."""

Response = dict[str, list[dict[str, str]]]


class HasStation(Protocol):
    """Services of a worker; the shell itself needs their `station`."""

    @property
    def station(self) -> Station:
        """Stores, ledger, kept content and visibility."""


S = TypeVar("S", bound=HasStation)
Deliver = Callable[[Store, Sequence[Item[C]], S], Sequence[Result]]
"""Carries out commands of one store; one result for each item, in their order."""


@dataclass(frozen=True)
class Worker(Generic[C, S]):
    """
    The function of one queue: `deliver` carries out commands of one `kind`, or of a few.

    Whatever is to be tried again stays in the queue, rests as long as the backoff
    says, and is reported as a batch item failure. Nothing that goes wrong with one
    command or store keeps the others of the batch from being delivered.
    """

    kind: type[C] | tuple[type[C], ...]
    deliver: Deliver[C, S]
    services: Callable[[], S]

    def __call__(self, event: dict[str, Any], context: object) -> Response:
        """Serve one SQS batch."""
        services = self.services()
        station = services.station
        station.shift.begin(station.now(), context)
        records = {record.message_id: record for record in SQSEvent(event).records}
        rests: dict[str, float] = {}
        items: list[Item[C]] = []
        for record in records.values():
            try:
                items += self._items(record)
            except InvalidPayload as exc:
                logger.warning("unreadable", extra={"reason": str(exc)})
                rests[record.message_id] = UNREADABLE_SECONDS
        for store, group in _by_store(items).items():
            for item, result in self._serve(store, group, services):
                if isinstance(result, Later):
                    rests[item.message_id] = _rest(item, result)
        for message_id, seconds in rests.items():
            station.rest(records[message_id], seconds)
        return {"batchItemFailures": [{"itemIdentifier": failed} for failed in rests]}

    def _items(self, record: SQSRecord) -> list[Item[C]]:
        head = message.read_head(record.body)
        receives = int(record.attributes.approximate_receive_count or 1)
        sent_at = _sent_at(record)
        return [
            Item(head, number, command, record.message_id, receives, sent_at)
            for number, command in zip(head.numbers, head.commands, strict=True)
            if isinstance(command, self.kind)
        ]

    def _serve(
        self, name: str, items: Sequence[Item[C]], services: S
    ) -> Iterator[tuple[Item[C], Result]]:
        station = services.station
        if station.shift.is_late(station.now()):
            yield from ((item, Later("no time left for this store", 1)) for item in items)
            return
        try:
            store = station.stores(name).get()
        except Exception as exc:  # this row cannot be read: those of the other stores can
            trouble.tell("store put off", exc, shop=name)
            yield from ((item, Later(type(exc).__name__)) for item in items)
            return
        items = _left(items, station)
        ended = _forgotten(items, [_closed(item, store) for item in items], store, station)
        for item, end in zip(items, ended, strict=True):
            if end:
                yield item, station.record(item, end)
        going = [item for item, end in zip(items, ended, strict=True) if end is None]
        if going:
            known = store or never_installed(name, station.now())
            for item, result in zip(going, self._try(known, going, services), strict=True):
                yield item, station.record(item, result)

    def _try(self, store: Store, items: Sequence[Item[C]], services: S) -> Sequence[Result]:
        """Deliver; an error of ours speaks of the store, any other is traced to its item."""
        try:
            return self.deliver(store, items, services)
        except ShopbridgeError as exc:
            return [setback.of_all(store, exc, services.station)] * len(items)
        except Exception as exc:
            trouble.tell("not delivered", exc, shop=store.name)
            if is_passing(exc):
                return [Later(type(exc).__name__)] * len(items)
            if len(items) > 1:
                return [result for item in items for result in self._try(store, [item], services)]
            return [setback.surprised(items[0], exc)]


def _sent_at(record: SQSRecord) -> datetime | None:
    milliseconds = record.attributes.sent_timestamp
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None


def _left(items: Sequence[Item[C]], station: Station) -> Sequence[Item[C]]:
    """Leave out what ended when its message came before: else a long one never gets to its end."""
    long = Counter(item.message_id for item in items)
    asked = [item for item in items if item.receives > 1 and long[item.message_id] > 1]
    ended = station.ended(asked) if asked else set()
    return [item for item in items if id(item) not in ended]


def _closed(item: Item[Any], store: Store | None) -> Result | None:
    try:
        return closed(item, store)
    except Exception as exc:
        trouble.tell("not understood", exc, shop=item.head.store)
        return setback.surprised(item, exc)


def _forgotten(
    items: Sequence[Item[Any]],
    ended: Sequence[Result | None],
    store: Store | None,
    station: Station,
) -> list[Result | None]:
    """
    End what is about somebody who was to be forgotten; what ended for good stays so.

    What would be parked is not kept of them.
    """
    if station.erased is None or all(map(_is_final, ended)):
        return list(ended)
    country = store.settings.country if store else ""
    try:
        stopped = station.erased(items[0].head.store).stopped(items, country)
    except Exception as exc:  # nothing is sent about people without knowing
        trouble.tell("store put off", exc, shop=items[0].head.store)
        return [end if _is_final(end) else Later(type(exc).__name__) for end in ended]
    forgotten = Ended("superseded", reasons.ERASED)
    return [
        forgotten if stop and not _is_final(end) else end
        for end, stop in zip(ended, stopped, strict=True)
    ]


def _is_final(end: Result | None) -> bool:
    return isinstance(end, Ended) and end.outcome not in OPEN


def _by_store(items: Iterable[Item[C]]) -> dict[str, list[Item[C]]]:
    groups: dict[str, list[Item[C]]] = defaultdict(list)
    for item in items:
        groups[item.head.store].append(item)
    return groups


def _rest(item: Item[Any], later: Later) -> float:
    return later.seconds or max(later.at_least, backoff.seconds(item.message_id, item.receives))
