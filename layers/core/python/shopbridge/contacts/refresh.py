"""
Brings contacts at Netcore up to what Shopify says about their customers now.

Two workers may read and send the same contact in crossed order. So what was sent has a
version, the moment its reading began; whoever finds a newer one when noting what it
sent (or newer consent) reads and sends once more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbridge import reasons, times
from shopbridge.commands import Channel, ConsentState
from shopbridge.consents.carried import blacklists, current, is_settled, noted, shown
from shopbridge.contacts.difference import link_of, sent_digest
from shopbridge.contacts.draft import Draft
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.row import Row
from shopbridge.contacts.sending import Sender
from shopbridge.errors import Unavailable
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Reader
from shopbridge.stores.store import Store
from shopbridge.to_shopify.links import Makes
from shopbridge.translate.attribute_names import primary_key
from shopbridge.translate.contacts import attributes
from shopbridge.work import Ended, Later, Result

ROUNDS = 3
"""How often a contact is read and sent before its command goes back to the queue."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One customer as they were when reading began."""

    customer: Customer | None
    """None where Shopify has no such customer."""
    began: datetime
    denied: tuple[str, ...] = ()
    carried: bool = False
    """It was read a while ago and came along with its command."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """One store's customers, its rows and its way to Netcore."""

    store: Store
    reader: Reader
    contacts: Contacts
    sender: Sender
    now: Callable[[], datetime]
    links: Makes | None = None
    """Makes a customer's link to unsubscribe, for stores that send it as an attribute."""

    def all(
        self, customers: Mapping[str, bool], carried: Mapping[str, Reading] | None = None
    ) -> dict[str, Result]:
        """
        Refresh `customers`; True demands a send even if the row says all is known.

        What is `carried` was read a while ago: it is sent where nothing was sent before,
        and nobody is asked where it is known; else only Shopify can say how it stands now.

        Raises:
            AdminRejected: Shopify refuses the app or the store.
        """
        results: dict[str, Result] = {}
        pending = dict(customers)
        try:
            pending = self._first(pending, carried, results) if carried else pending
            for _ in range(ROUNDS):
                if not pending:
                    return results
                pending = self._round(pending, results)
        except Unavailable as exc:
            put_off = Later(str(exc), exc.retry_after)
            return results | dict.fromkeys(pending.keys() - results.keys(), put_off)
        return results | {each: Later("it keeps changing") for each in pending}

    def _first(
        self,
        pending: Mapping[str, bool],
        carried: Mapping[str, Reading],
        results: dict[str, Result],
    ) -> dict[str, bool]:
        rows = self.contacts.get(carried)
        left, drafts = dict(pending), []
        for customer, reading in carried.items():
            planned = self._plan(rows[customer], reading, pending[customer])
            if not isinstance(planned, Draft):
                results[customer] = planned
            elif not rows[customer].was_ever_sent:
                drafts.append((planned, reading.denied))
            else:
                continue
            del left[customer]
        return left | self._send(drafts, results)

    def _round(self, pending: Mapping[str, bool], results: dict[str, Result]) -> dict[str, bool]:
        began = self.now()
        read = self.reader.customers(pending)
        rows = self.contacts.get(pending)
        drafts = []
        for customer, forced in pending.items():
            if customer not in read.customers:
                results[customer] = Later("Shopify could not read the customer")
                continue
            reading = Reading(read.customers[customer], began, read.denied)
            planned = self._plan(rows[customer], reading, forced)
            if isinstance(planned, Draft):
                drafts.append((planned, read.denied))
            else:
                results[customer] = planned
        return self._send(drafts, results)

    def _send(
        self, drafts: Sequence[tuple[Draft, tuple[str, ...]]], results: dict[str, Result]
    ) -> dict[str, bool]:
        """Send, and return who is to be read again."""
        denied = {draft.row.customer: fields for draft, fields in drafts}
        sent = self.sender.send([draft for draft, _ in drafts])
        results |= sent.results
        results |= {each: Ended("delivered", _told(denied[each])) for each in sent.rows}
        return dict.fromkeys(sent.moved, True)

    def _plan(self, row: Row, reading: Reading, forced: bool) -> Draft | Result:
        if reading.customer is None:
            return Ended("superseded", reasons.GONE)
        try:
            after = self._heard(row, reading)
        except Unavailable as exc:
            return Later(str(exc))
        states = shown(self.store, after)
        draft = self._draft(row if after.is_new else after, after, reading, states)
        if draft is None:
            return Ended("unidentified", reasons.NOBODY)
        is_known = is_settled(after, states) and after.was_sent(
            draft.changes["digest"], reading.began
        )
        return draft if forced or not is_known else Ended("unchanged")

    def _heard(self, row: Row, reading: Reading) -> Row:
        """
        Merge what the customer says about marketing into the row, and return it as it is then.

        A history is mostly of contacts whose row is new and who say no to nothing: theirs
        is written once, with all that was sent.
        """
        assert reading.customer is not None
        said = current(self.store, reading.customer, reading.began)
        together = Row(row.customer, row.merged(said), is_new=True)
        if row.item or not reading.carried or together.must_blacklist():
            return self.contacts.want(row, said)
        return together

    def _draft(
        self, row: Row, after: Row, reading: Reading, states: Mapping[Channel, ConsentState]
    ) -> Draft | None:
        """Write the contact; None where it lacks the store's primary key."""
        assert reading.customer is not None
        link = link_of(self.store, row.customer, self.links)
        found = attributes(reading.customer, self.store, states, link)
        key = found.get(primary_key(self.store.settings))
        if not key:
            return None
        cleared = frozenset() if reading.denied else row.filled
        filled = sorted(name for name, value in found.items() if value != "")
        return Draft(
            row=row,
            key=str(key),
            attributes={n: v for n, v in found.items() if v != "" or n in cleared},
            changes={
                "version": times.text(reading.began),
                "digest": sent_digest(self.store, row, found, states),
                "filled": filled,
                **(after.item if after.is_new else {}),
                **noted(after, states),
            },
            version=times.text(reading.began),
            blacklist=blacklists(after, states),
            carried=reading.carried,
        )


def _told(denied: tuple[str, ...]) -> str:
    return f"Shopify denies {', '.join(denied)}" if denied else ""
