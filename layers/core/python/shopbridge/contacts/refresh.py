"""
Brings contacts at Netcore up to what Shopify says about their customers now.

Two workers may read and send the same contact in crossed order. So what was sent has a
version, the moment its reading began; whoever finds a newer one when noting what it
sent (or newer consent) reads and sends once more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shopbridge import reasons, times
from shopbridge.commands import Channel, ConsentState
from shopbridge.consents.carried import blacklists, current, is_settled, noted, shown
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.row import Row, digest
from shopbridge.contacts.sending import Draft, Sender
from shopbridge.errors import Unavailable
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Read, Reader
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import primary_key
from shopbridge.translate.contacts import Attributes, attributes
from shopbridge.work import Ended, Later, Result

ROUNDS = 3
"""How often a contact is read and sent before its command goes back to the queue."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """One store's customers, its rows and its way to Netcore."""

    store: Store
    reader: Reader
    contacts: Contacts
    sender: Sender
    now: Callable[[], datetime]

    def all(self, customers: Mapping[str, bool]) -> dict[str, Result]:
        """
        Refresh `customers`; True demands a send even if the row says all is known.

        Raises:
            AdminRejected: Shopify refuses the app or the store.
        """
        results: dict[str, Result] = {}
        pending = dict(customers)
        for _ in range(ROUNDS):
            if not pending:
                return results
            try:
                pending = self._round(pending, results)
            except Unavailable as exc:
                put_off = Later(str(exc), exc.retry_after)
                return results | dict.fromkeys(pending, put_off)
        return results | {each: Later("it keeps changing") for each in pending}

    def _round(self, pending: Mapping[str, bool], results: dict[str, Result]) -> dict[str, bool]:
        began = self.now()
        read = self.reader.customers(pending)
        rows = self.contacts.get(pending)
        drafts = []
        for customer, forced in pending.items():
            planned = self._plan(rows[customer], read, began, forced)
            if isinstance(planned, Draft):
                drafts.append(planned)
            else:
                results[customer] = planned
        sent = self.sender.send(drafts)
        reason = f"Shopify denies {', '.join(read.denied)}" if read.denied else ""
        results |= sent.results | {each: Ended("delivered", reason) for each in sent.rows}
        return dict.fromkeys(sent.moved, True)

    def _plan(self, row: Row, read: Read, began: datetime, forced: bool) -> Draft | Result:
        if row.customer not in read.customers:
            return Later("Shopify could not read the customer")
        customer = read.customers[row.customer]
        if customer is None:
            return Ended("superseded", reasons.GONE)
        try:
            row = self.contacts.want(row, current(self.store, customer, began))
        except Unavailable as exc:
            return Later(str(exc))
        states = shown(self.store, row)
        draft = self._draft(row, customer, states, read.denied, began)
        if draft is None:
            return Ended("unidentified", reasons.NOBODY)
        is_known = is_settled(row, states) and row.was_sent(draft.changes["digest"], began)
        return draft if forced or not is_known else Ended("unchanged")

    def _draft(
        self,
        row: Row,
        customer: Customer,
        states: Mapping[Channel, ConsentState],
        denied: tuple[str, ...],
        began: datetime,
    ) -> Draft | None:
        """Write the contact; None where it lacks the store's primary key."""
        found = attributes(customer, self.store, states)
        key = found.get(primary_key(self.store.settings))
        if not key:
            return None
        cleared = frozenset() if denied else row.filled
        filled = sorted(name for name, value in found.items() if value != "")
        return Draft(
            row=row,
            key=str(key),
            attributes={n: v for n, v in found.items() if v != "" or n in cleared},
            changes={
                "version": times.text(began),
                "digest": self._digest(row, found),
                "filled": filled,
                **noted(row, states),
            },
            version=times.text(began),
            blacklist=blacklists(row, states),
        )

    def _digest(self, row: Row, found: Attributes) -> str:
        """Condense what is sent and where to: another panel or list knows nothing yet."""
        chosen = self.store.settings.netcore
        place = [chosen.region, chosen.list_id, self.store.settings.primary_key]
        return digest(self.store.name, row.customer, [found, place])
