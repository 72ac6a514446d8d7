"""Sends on what was parked or failed, under the same effect keys as before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopbridge import message
from shopbridge.errors import InvalidPayload, Rejected, Unavailable
from shopbridge.ledger.reopened import reopen
from shopbridge.outbox import Outbox
from shopbridge.outcome import OPEN, WAITING
from shopbridge.parked.again import Again
from shopbridge.parked.listing import Open, Parked

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True, slots=True)
class Resumed:
    """One thing that was to go on, and whether it did."""

    id: str
    outcome: str = ""
    """`waiting` for a command; what became of a delivery; empty where it stays open."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many of several went on."""

    resumed: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Resume:
    """
    A command goes to the topic with its own kind only; a delivery to its function.

    The row changes last: what cannot be sent stays listed.
    """

    parked: Parked
    ledger: "Table"
    outbox: Outbox
    again: Again

    def reason(self, store: str, reason: str) -> Iterator[Resumed]:
        """Resume everything of `store` that waits for `reason` to end, oldest first."""
        for one in list(self.parked.list(store, reason=reason)):
            yield self.one(one)

    def waiting_for(self, store: str, *reasons: str) -> Sent:
        """Resume what waits for `reasons` to end; what cannot go stays listed."""
        done = [one for reason in reasons for one in self.reason(store, reason)]
        stuck = sum(1 for one in done if one.problem)
        return Sent(len(done) - stuck, stuck)

    def one(self, one: Open) -> Resumed:
        """Resume one delivery or command."""
        try:
            text = self.parked.content(one)
            if one.is_delivery:
                return self._deliver(one, text)
            self._publish(one, text)
        except (Rejected, Unavailable) as exc:
            return Resumed(one.id, problem=str(exc))
        reopen(self.ledger, one.row)
        return Resumed(one.id, WAITING)

    def _deliver(self, one: Open, text: str) -> Resumed:
        outcome = self.again.deliver(one.topic, text)
        return Resumed(one.id, outcome, "parked again" if outcome in OPEN else "")

    def _publish(self, one: Open, text: str) -> None:
        head = message.read_head(text)
        if len(head.commands) != 1:
            raise InvalidPayload("its content holds no single command")
        self.outbox.send(text, kind=str(one.row["kind"]), store=head.store)
