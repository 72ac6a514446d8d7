"""Takes a delivery in that somebody vouches for: recorded once, read, then published or parked."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from shopbridge import reasons
from shopbridge.commands import Command
from shopbridge.entry.observer import Observer
from shopbridge.entry.publisher import Publisher
from shopbridge.errors import InvalidPayload
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.rows import summary
from shopbridge.message import Message
from shopbridge.moments import dated
from shopbridge.stores.profile import Profile
from shopbridge.stores.reader import ProfileReader
from shopbridge.switches import ends_early, is_off


class Intake(Protocol):
    """The outside world of a function that takes deliveries in."""

    @property
    def profiles(self) -> ProfileReader:
        """Stores as ingest needs them."""

    @property
    def deliveries(self) -> Deliveries:
        """Rows of the ledger."""

    @property
    def publisher(self) -> Publisher:
        """The commands topic, and the bucket beside it."""

    @property
    def observer(self) -> Observer:
        """Writes the log."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""


class Meant(msgspec.Struct, frozen=True):
    """What a body means."""

    resource: str
    title: str
    commands: tuple[Command, ...]


class Acceptance(msgspec.Struct, frozen=True):
    """The way in of one topic; `read` is its whole meaning, and is tried once more by a replay."""

    read: Callable[[Message, Profile], Meant]
    for_people: bool = False
    """Taken for every store, installed or not."""
    archived: bool = True
    """Whether its body travels on, to the archive."""

    def accept(self, arrived: Message, services: Intake) -> str:
        """
        Take the delivery in; return `published`, `parked` or `duplicate`.

        Raises:
            Unavailable, AwsRejected: AWS failed; whoever sent it shall come again.
        """
        message = services.deliveries.claim(arrived, services.now())
        if message is None:
            services.observer.ended(arrived.head, "duplicate")
            return "duplicate"
        store = services.profiles.get(message.head.store)
        if store is None and self.for_people:
            head = message.head
            store = Profile(store=head.store, epoch=0, installed_at=head.triggered_at)
        if store is None:
            return park(message, reasons.STORE_UNKNOWN, services)
        try:
            return self._publish(message, store, services)
        except InvalidPayload as exc:
            return park(message, str(exc), services)

    def _publish(self, message: Message, store: Profile, services: Intake) -> str:
        head, now = message.head, services.now()
        meant = self._meant(message, store, now)
        commands = meant.commands
        if any(is_off(command, head.triggered_at, store) for command in commands):
            store = services.profiles.get(head.store, newer_than=now) or store
        ended = [ends_early(command, head.triggered_at, store) for command in commands]
        going = [(n, c) for n, (c, end) in enumerate(zip(commands, ended, strict=True)) if not end]
        head = msgspec.structs.replace(
            head, commands=tuple(c for _, c in going), numbers=tuple(n for n, _ in going)
        )
        if self.archived:
            services.publisher.publish(Message(head, message.body), now)
        else:
            services.publisher.publish(Message(head), now, archived=False)
        made = [summary(c, end) for c, end in zip(commands, ended, strict=True)]
        services.deliveries.published(head, made, meant.resource, meant.title, now)
        services.observer.ended(head, "published")
        return "published"

    def _meant(self, message: Message, store: Profile, now: datetime) -> Meant:
        """
        Read the body, and date what it asks for.

        Raises:
            InvalidPayload: it is not what its topic promises, or our mapping fails on it.
        """
        try:
            meant = self.read(message, store)
            at = message.head.triggered_at
            commands = tuple(dated(command, at, now) for command in meant.commands)
            return Meant(meant.resource, meant.title, commands)
        except InvalidPayload:
            raise
        except Exception as exc:  # the same bytes would fail again: kept until we mend it
            raise InvalidPayload(f"unexpected {type(exc).__name__} in translation") from exc


def park(message: Message, reason: str, services: Intake) -> str:
    """Keep the delivery with its content, and ring the alarm."""
    now = services.now()
    kept = services.publisher.park(message, now)
    services.deliveries.parked(message.head, reason, kept, now)
    services.observer.parked(message.head, reason)
    return "parked"
