"""
Brings what one customer said to Shopify, to our row and to Netcore.

    note in our row ──▶ Shopify, if it says otherwise ──▶ Netcore: blacklist and attribute

What comes back as a webhook finds row and both sides agreeing and changes nothing. Nothing is
written over a newer word, and who said no already is not told again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbridge import reasons
from shopbridge.commands import ChangeConsent, Channel, Identity, Unsubscribe
from shopbridge.consents.carried import said_now, wanted
from shopbridge.consents.merge import Said, Wanted, said, stands
from shopbridge.consents.settle import Person, Settled, Settling
from shopbridge.contacts.row import Row
from shopbridge.netcore.identity import key_of
from shopbridge.shopify.people import Customer
from shopbridge.shopify.writers import Writer
from shopbridge.stores.store import Store
from shopbridge.translate.identity import usable_email
from shopbridge.work import Ended, Result

ECHOES = timedelta(hours=1)
"""How near to our blacklisting a word without a time of its own is Netcore's echo of it."""

_NEVER = Said("", "not_subscribed")


@dataclass(frozen=True, slots=True)
class Consenting:
    """One store's both sides; a Netcore that cannot be reached does not keep Shopify waiting."""

    store: Store
    writer: Writer
    settling: Settling
    now: Callable[[], datetime]

    def say(self, customer: Customer, word: ChangeConsent, *, again: bool) -> Result:
        """
        Make both sides say what `customer` said with `word`, which is dated.

        `again` tells that an earlier try may have come so far as to write.

        Raises:
            AdminUnavailable, AdminRejected: as Shopify answers.
            Unavailable: our own row cannot be written now.
        """
        address = customer.email if word.channel == "email" else customer.phone
        if not address:
            return Ended("unidentified", reasons.NO_ADDRESS)
        heard = wanted(self.store, _at_address(word, address), self.now())
        row = self._noted(customer.id, word.channel, heard)
        current = next((said(one) for one in said_now(customer) if _is(one, word.channel)), _NEVER)
        if _last(row, word.channel, current).weight > heard.said.weight:
            return Ended("superseded", reasons.NEWER_WORD)
        is_new = current.state != word.state
        if is_new:
            self.writer.consent(word)
        settled = self._settled(customer, row, word.channel, heard)
        is_new = is_new or settled.sent or (again and current == heard.said)
        return settled.failed or Ended("delivered" if is_new else "unchanged")

    def is_echo(self, customer_id: str, command: Unsubscribe, *, again: bool) -> bool:
        """
        Whether Netcore only tells what we told it: that this contact is blacklisted.

        A journey that starts when somebody is blocked starts for our own blacklisting too. Who
        is blocked gets no mail in which to unsubscribe, so nothing is lost by it. A word that
        comes `again` may itself have begun the blacklisting, and has to end it.
        """
        if command.channel != "email" or command.at is None:
            return False
        row = self.settling.contacts.get([customer_id])[customer_id]
        if again and not row.is_settled("email"):
            return False
        return row.is_being_blocked(command.at, ECHOES)

    def say_without_customer(self, customer_id: str, word: ChangeConsent) -> Result:
        """Tell Netcore alone: its contact outlives a customer that Shopify has deleted."""
        heard = wanted(self.store, word, self.now())
        self._noted(customer_id, word.channel, heard)
        key = key_of(Identity(customer_id), self.store)
        person = Person(key=key, said={word.channel: heard})
        settled = self.settling.all({customer_id: person})[customer_id]
        return settled.failed or Ended("delivered" if settled.sent else "unchanged")

    def _noted(self, customer: str, channel: Channel, heard: Wanted) -> Row:
        contacts = self.settling.contacts
        return contacts.want(contacts.get([customer])[customer], {channel: heard})

    def _settled(self, customer: Customer, row: Row, channel: Channel, heard: Wanted) -> Settled:
        """Tell Netcore; an open circuit parks this part alone."""
        if self.store.circuit:
            return Settled(row, failed=Ended("parked", self.store.circuit))
        key = key_of(
            Identity(customer.id, usable_email(customer.email), customer.phone), self.store
        )
        person = Person(key=key, said={channel: heard})
        return self.settling.all({customer.id: person})[customer.id]


def _at_address(word: ChangeConsent, address: str) -> ChangeConsent:
    return ChangeConsent(
        word.customer_id, word.channel, word.state, word.at, address, source=word.source
    )


def _is(one: ChangeConsent, channel: Channel) -> bool:
    return one.channel == channel


def _last(row: Row, channel: Channel, current: Said) -> Said:
    known = row.wanted(channel)
    return stands(known.said, current) if known else current
