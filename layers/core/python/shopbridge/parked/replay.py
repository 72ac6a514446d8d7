"""Delivers archived deliveries once more: what was accepted outside is not sent again."""

from collections.abc import Iterator
from dataclasses import dataclass

from shopbridge.archive.reader import ArchiveReader, Wanted
from shopbridge.errors import Rejected, Unavailable
from shopbridge.ledger.history import History
from shopbridge.ledger.reader import Ledger
from shopbridge.message import Head, Message, write
from shopbridge.parked.again import Again


@dataclass(frozen=True, slots=True)
class Replayed:
    """One delivery that was to be delivered again, and whether it was."""

    head: Head
    outcome: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """Replays deliveries of one store."""

    store: str
    archive: ArchiveReader
    ledger: Ledger
    again: Again

    def select(self, wanted: Wanted, reason: str = "") -> Iterator[Message]:
        """Yield what a replay would deliver: sends nothing, so it is the dry run."""
        for message in self.archive.deliveries(wanted):
            if not reason or self._has(message.head, reason):
                yield message

    def send(self, message: Message) -> Replayed:
        """Deliver one of them; effect keys follow from its content, so they are the same."""
        head = message.head
        try:
            outcome = self.again.deliver(head.topic, write(head, message.body))
        except (Rejected, Unavailable) as exc:
            return Replayed(head, problem=str(exc))
        return Replayed(head, outcome)

    def _has(self, head: Head, reason: str) -> bool:
        """Whether the delivery or one of its commands ended for `reason`."""
        return any(
            reason in _reasons(history)
            for history in self.ledger.event(self.store, head.event_id)
            if history.delivery["row"] == f"{head.topic}#{head.digest}"
        )


def _reasons(history: History) -> set[str]:
    own = str(history.delivery.get("reason", ""))
    return {own} | {end.reason for end in history.ends}
