"""What a worker is given and what it says became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from shopbridge.commands import Command
from shopbridge.message import Head
from shopbridge.outcome import Outcome

C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True)
class Item(Generic[C]):
    """One command out of one message."""

    head: Head
    number: int
    """The command's position in its delivery."""
    command: C
    message_id: str
    receives: int
    """How often SQS has handed out the message, this time included."""
    sent_at: datetime | None = None
    """When the message was sent; None where nobody says."""


Lane = Literal["live", "history"]
"""Of work: what belongs to the past leaves room, at Shopify and at Netcore, to what happens now."""

_PAST = frozenset({"history", "reconciliation"})


def lane_of(items: Iterable[Item[Any]]) -> Lane:
    """Return `history` where all `items` were read from a store's past, whatever their queue."""
    return "history" if all(item.head.via in _PAST for item in items) else "live"


@dataclass(frozen=True, slots=True)
class Ended:
    """The command ended; nothing more is done for it unless it is open."""

    outcome: Outcome
    reason: str = ""
    effect: str = ""
    """Effect key, where the command has one."""
    resent: bool = False
    """Sent although an earlier send may have been applied (an ambiguous resend)."""


@dataclass(frozen=True, slots=True)
class Later:
    """The same command may succeed later; its message stays in the queue."""

    reason: str
    seconds: float | None = None
    """When to try again, where it is known; else the backoff decides."""
    at_least: float = 0
    """Seconds that the other side wants to rest, however short the backoff is."""


Result = Ended | Later
