"""
Tells Netcore, once, of a checkout that is due: the last step before the activities queue.

    claim cart ──▶ claim ──▶ publish ──▶ note in the ledger ──▶ checkout is over

A crash at any arrow leaves the checkout due: the next sweep claims it again and repeats
what is left, under the same effect key.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from shopbridge import reasons
from shopbridge.abandonment.around import carts, due_since, is_left_again
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.due import ABANDONMENT, is_too_late
from shopbridge.abandonment.keyring import Keyring
from shopbridge.abandonment.row import Row
from shopbridge.abandonment.secret import Unreadable
from shopbridge.abandonment.timers import Found
from shopbridge.commands import RecordActivity, kind
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.ledger.rows import summary
from shopbridge.message import Head, Message, write
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store
from shopbridge.switches import is_off
from shopbridge.times import clamped
from shopbridge.work import Ended, Item

LOOK_AGAIN = timedelta(minutes=10)
"""How often a checkout of a store that may send nothing is looked at again."""

Over = Literal["told", "ended", "ordered", "left again", "told before", "dropped", "gone"]
Told = Literal[Over, "held", "shops on"]


@dataclass(frozen=True)
class Telling:
    """Settles due checkouts; `store` reads a store once in a sweep."""

    checkouts: Callable[[str], Checkouts]
    store: Callable[[str], Store | None]
    keyring: Keyring
    deliveries: Deliveries
    outcomes: Outcomes
    outbox: Outbox
    held: Callable[[Store], Ended | None]
    now: Callable[[], datetime]

    def settle(self, found: Found) -> Told:
        """
        Say what becomes of a due checkout, as it and its buyer's orders are at this moment.

        Raises:
            Unavailable: another sweep is on it, or AWS does not answer.
        """
        checkouts = self.checkouts(found.store)
        row = checkouts.get(found.token)
        if row is None or row.look_at != found.look_at:
            return "gone"
        store = self.store(found.store)
        if store is None or store.status == "uninstalled" or row.epoch != store.epoch:
            checkouts.disarm(row)
            return "dropped"
        near = checkouts.marks.around(row.marks)
        if near.is_ordered(row.at):
            checkouts.disarm(row)
            return "ordered"
        if is_left_again(row, checkouts.standing(near.tokens - {row.token}).values()):
            checkouts.disarm(row)
            return "left again"
        due = due_since(row, near, timedelta(minutes=store.settings.abandonment.delay_minutes))
        if due > row.look_at:
            checkouts.put_off(row, due)
            return "shops on"
        return self._due(replace(row, due_at=due), store, checkouts)

    def put_off(self, found: Found, until: datetime) -> bool:
        """Have a checkout that could not be settled looked at again; False where it is gone."""
        checkouts = self.checkouts(found.store)
        row = checkouts.get(found.token)
        return row is not None and checkouts.put_off(row, until)

    def _due(self, row: Row, store: Store, checkouts: Checkouts) -> Told:
        now = self.now()
        activity = self._opened(row, store, now)
        if activity is None:
            checkouts.disarm(row)
            return "dropped"
        end = _end(activity, row, store, now)
        if end is None and self.held(store):
            checkouts.put_off(row, now + LOOK_AGAIN)
            return "held"
        if not all(checkouts.marks.claim(cart, row.token, now) for cart in carts(row)):
            checkouts.told(row.token, now)
            return "told before"
        self._tell(_head(store, row, activity, now), activity, end)
        checkouts.told(row.token, self.now())
        return "ended" if end else "told"

    def _opened(self, row: Row, store: Store, now: datetime) -> RecordActivity | None:
        """Return the activity, dated; None where the store's secret was erased or replaced."""
        secret = self.keyring.known(store.name)
        if secret is None:
            return None
        try:
            activity = secret.open(row.sealed, row.token)
        except Unreadable:
            return None
        return msgspec.structs.replace(activity, occurred_at=clamped(row.due_at, now))

    def _tell(self, head: Head, activity: RecordActivity, end: Ended | None) -> None:
        """Claim, then publish or write how it ended; nothing where that was done before."""
        claimed = self.deliveries.claim(Message(head), self.now())
        if claimed is None:
            return
        if end:
            item = Item(claimed.head, 0, activity, "", 1)
            self.outcomes.write(item, end, self.now())
        else:
            self.outbox.send(write(claimed.head, b""), kind=kind(activity), store=head.store)
        made = [summary(activity, None)]
        self.deliveries.published(claimed.head, made, activity.resource, "", self.now())


def _end(activity: RecordActivity, row: Row, store: Store, now: datetime) -> Ended | None:
    if is_off(activity, row.due_at, store.profile):
        return Ended("disabled", reasons.SWITCHED_OFF)
    return Ended("superseded", reasons.TOO_LATE) if is_too_late(row.due_at, now) else None


def _head(store: Store, row: Row, activity: RecordActivity, now: datetime) -> Head:
    """Name the timer's delivery after its checkout: whoever tells it again names the same."""
    digest = hashlib.sha256(row.token.encode()).hexdigest()[:16]
    return Head(
        store=store.name,
        topic=ABANDONMENT,
        event_id=f"{ABANDONMENT}-{digest}",
        digest=digest,
        triggered_at=row.due_at,
        received_at=now,
        via="timer",
        commands=(activity,),
        numbers=(0,),
    )
