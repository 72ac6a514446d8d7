"""Brings events of anonymous visitors to the people that they turn out to be, each once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from shopbridge.abandonment.secret import Secret, Unreadable
from shopbridge.commands import HoldActivity, Identity, KnowVisitor, RecordActivity, kind
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.rows import summary
from shopbridge.message import Head, Message, write
from shopbridge.netcore.identity import on_the_wire
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import KNOWN
from shopbridge.website_tracking.visitors import Held, Visitors


@dataclass(frozen=True, slots=True)
class Joining:
    """One store's visitors and buyers; `secret` is the store's own."""

    store: Store
    visitors: Visitors
    secret: Secret
    deliveries: Deliveries
    outbox: Outbox
    now: Callable[[], datetime]

    def hold(self, command: HoldActivity) -> None:
        """Keep an event, and tell it at once where its visitor is known already."""
        now, visitor = self.now(), command.visitor
        name = _digest(command.activity)
        sealed = self.secret.seal(command.activity, visitor)
        self.visitors.hold(visitor, Held(name, sealed), now)
        tokens = list(filter(None, (command.checkout_token, command.cart_token)))
        buyers = [self.visitors.met(token, now, visitor=visitor).buyer for token in tokens]
        new = next(filter(None, buyers), None)
        if new:
            self._know(visitor, new, now)
        buyer = new or self.visitors.known(visitor)
        if buyer:
            self._tell_all(visitor, buyer)

    def know(self, command: KnowVisitor) -> None:
        """
        Note whose a checkout and its cart are, and tell what waited for that.

        Who cannot be told to Netcore by what is known so far, a guest's e-mail in most
        stores, is not noted: their order will say more, and until then their events wait.
        """
        if on_the_wire(command.buyer, self.store) is None:
            return
        now = self.now()
        tokens = list(filter(None, (command.checkout_token, command.cart_token)))
        buyer = self.secret.seal_person(command.buyer)
        self.visitors.lead(self._marks(command.buyer), tokens, "", now)
        visitors = {self.visitors.met(token, now, buyer=buyer).visitor for token in tokens}
        for visitor in filter(None, visitors):
            self._know(visitor, buyer, now)
            self._tell_all(visitor, buyer)

    def _know(self, visitor: str, buyer: bytes, now: datetime) -> None:
        try:
            marks = self._marks(self.secret.open_person(buyer))
        except Unreadable:
            return
        self.visitors.lead(marks, (), visitor, now)
        self.visitors.know(visitor, buyer, now)

    def _marks(self, who: Identity) -> list[str]:
        return self.secret.marks(who, self.store.settings.country)

    def _tell_all(self, visitor: str, buyer: bytes) -> None:
        for held in list(self.visitors.held(visitor)):
            try:
                activity = self.secret.open(held.sealed, visitor)
                who = self.secret.open_person(buyer)
            except Unreadable:
                pass  # the store's secret was erased: nobody can read this any more
            else:
                self._tell(msgspec.structs.replace(activity, identity=who))
            self.visitors.let_go(visitor, held.name)

    def _tell(self, activity: RecordActivity) -> None:
        """Claim, publish, note: a crash in between repeats what is left, under one effect key."""
        claimed = self.deliveries.claim(Message(self._head(activity)), self.now())
        if claimed is None:
            return
        self.outbox.send(write(claimed.head, b""), kind=kind(activity), store=self.store.name)
        made = [summary(activity, None)]
        self.deliveries.published(claimed.head, made, activity.resource, "", self.now())

    def _head(self, activity: RecordActivity) -> Head:
        digest, now = _digest(activity), self.now()
        return Head(
            store=self.store.name,
            topic=KNOWN,
            event_id=f"known-{digest}",
            digest=digest,
            triggered_at=activity.occurred_at or now,
            received_at=now,
            via="storefront",
            commands=(activity,),
            numbers=(0,),
        )


def _digest(activity: RecordActivity) -> str:
    """Name an event: the same one collected twice is held, and told, once."""
    return hashlib.sha256(f"{activity.name}/{activity.resource}".encode()).hexdigest()[:16]
