"""
Makes Netcore have what contacts' rows want: blacklist and attribute, until both agree.

`sent` is set only if `wanted` has not moved meanwhile; whoever finds it moved works on,
since its own call may have landed after a newer one's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shopbridge import reasons
from shopbridge.commands import Channel, ConsentState
from shopbridge.consents.carried import blacklists, is_settled, noted, shown
from shopbridge.consents.merge import Wanted
from shopbridge.contacts.draft import Draft
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.row import Row
from shopbridge.contacts.sending import Sender
from shopbridge.errors import Unavailable
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import primary_key
from shopbridge.translate.contacts import Attributes, subscriptions
from shopbridge.work import Ended, Later, Result

ROUNDS = 3
"""How often a contact is sent before its command goes back to the queue."""


@dataclass(frozen=True, slots=True)
class Person:
    """One contact whose consent is to be settled."""

    key: str | None
    """Value of the store's primary key."""
    said: Mapping[Channel, Wanted]
    forced: bool = False
    """An earlier try may have sent something older: send, whatever the row says."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How far one contact came."""

    row: Row
    sent: bool = False
    """Something was sent for it this time."""
    failed: Result | None = None
    """Why Netcore does not have it all."""


@dataclass(frozen=True, slots=True)
class Settling:
    """One store's rows and its way to Netcore."""

    store: Store
    contacts: Contacts
    sender: Sender

    def all(self, people: Mapping[str, Person]) -> dict[str, Settled]:
        """Settle `people`, by customer id."""
        settled: dict[str, Settled] = {}
        pending = {customer: person.forced for customer, person in people.items()}
        for _ in range(ROUNDS):
            if not pending:
                break
            pending = self._round(pending, people, settled)
        for customer in pending:
            row = settled[customer].row
            settled[customer] = Settled(row, failed=Later("its consent keeps changing"))
        return settled

    def _round(
        self,
        pending: Mapping[str, bool],
        people: Mapping[str, Person],
        settled: dict[str, Settled],
    ) -> dict[str, bool]:
        rows = self.contacts.get(pending)
        drafts = []
        for customer, forced in pending.items():
            person = people[customer]
            settled[customer] = self._begun(rows[customer], person)
            row = settled[customer].row
            states = shown(self.store, row, person.said)
            is_due = bool(states) and (forced or not is_settled(row, states))
            if not is_due or settled[customer].failed:
                continue
            if person.key is None:
                settled[customer] = Settled(row, failed=Ended("unidentified", reasons.NOBODY))
            else:
                drafts.append(self._draft(row, person.key, states))
        sent = self.sender.send(drafts)
        for customer, failed in sent.results.items():
            settled[customer] = Settled(settled[customer].row, failed=failed)
        for draft in drafts:
            if after := sent.rows.get(draft.row.customer):
                settled[after.customer] = Settled(after, sent=draft.says_anything)
        return dict.fromkeys(sent.moved, True)

    def _begun(self, row: Row, person: Person) -> Settled:
        """Write down what was said."""
        try:
            row = self.contacts.want(row, person.said)
        except Unavailable as exc:
            return Settled(row, failed=Later(str(exc)))
        return Settled(row)

    def _draft(self, row: Row, key: str, states: Mapping[Channel, ConsentState]) -> Draft:
        shows = subscriptions(self.store, states)
        identity: Attributes = {primary_key(self.store.settings): key}
        return Draft(
            row=row,
            key=key,
            attributes=identity | shows if shows else {},
            changes=noted(row, states),
            blacklist=blacklists(row, states),
        )
