"""What a worker is given and what it says became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

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
