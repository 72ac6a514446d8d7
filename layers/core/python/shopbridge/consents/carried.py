"""What of a contact's consent is carried over to Netcore, and how its row notes that."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from shopbridge import times
from shopbridge.commands import ChangeConsent, Channel, ConsentState
from shopbridge.consents.merge import Address, Wanted, merge, said
from shopbridge.contacts.row import Row, digest
from shopbridge.moments import dated
from shopbridge.shopify.people import Customer
from shopbridge.stores.store import Store
from shopbridge.switches import is_off
from shopbridge.translate import consents as translated

CHANNELS: tuple[Channel, ...] = ("email", "sms")


def wanted(store: Store, command: ChangeConsent, known_at: datetime | None) -> Wanted:
    """Read a dated command; its address counts as known at `known_at`."""
    if not command.address or known_at is None:
        return Wanted(said(command), source=command.source)
    mark = digest(store.name, command.customer_id, command.address.strip().casefold())
    return Wanted(said(command), Address(times.text(known_at), mark), command.source)


def said_now(customer: Customer) -> Iterator[ChangeConsent]:
    """
    What the customer currently says about marketing.

    A yes without a time counts as old as the customer, a no as new as the last change:
    an unsubscribe is rather repeated than lost.
    """
    fallback = {"SUBSCRIBED": customer.created_at, "UNSUBSCRIBED": customer.updated_at}
    if email := customer.default_email_address:
        state = email.marketing_state
        at = email.marketing_updated_at or fallback.get(state)
        yield translated.email(customer.id, state, at, email.email_address, source="read")
    if (number := customer.default_phone_number) and (sms := number.sms_marketing_consent):
        at = sms.updated_at or fallback.get(sms.state)
        yield translated.sms(customer.id, sms.state, at, number.phone_number, source="read")


def current(store: Store, customer: Customer, read_at: datetime) -> dict[Channel, Wanted]:
    """Read what Shopify says now; what was said while the switch was off stays out."""
    found: dict[Channel, Wanted] = {}
    for command in said_now(customer):
        command_ = dated(command, read_at, read_at)
        assert isinstance(command_, ChangeConsent)
        if not is_off(command_, read_at, store.profile):
            found[command.channel] = wanted(store, command_, read_at)
    return found


def joined(one: dict[Channel, Wanted], other: dict[Channel, Wanted]) -> dict[Channel, Wanted]:
    """Merge two views of one contact, channel by channel."""
    both = {channel: merge(one.get(channel), other.get(channel)) for channel in CHANNELS}
    return {channel: each for channel, each in both.items() if each}


def shown(store: Store, row: Row, also: Collection[Channel] = ()) -> dict[Channel, ConsentState]:
    """
    What attributes show: the last word on every channel that is switched on.

    A word that was said while its channel was on counts `also`, even if that is off now.
    """
    switches = store.settings.subscriptions
    is_on = {"email": switches.email, "sms": switches.sms}
    words = {channel: row.wanted(channel) for channel in CHANNELS if is_on[channel]}
    words |= {channel: row.wanted(channel) for channel in also}
    return {channel: word.said.state for channel, word in words.items() if word}


def blacklists(row: Row, channels: Collection[Channel]) -> bool:
    """Whether Netcore has yet to be told to block this contact's e-mail."""
    return "email" in channels and row.must_blacklist()


def is_settled(row: Row, channels: Iterable[Channel]) -> bool:
    """Whether Netcore has the last word on every one of `channels`."""
    return all(row.is_settled(channel) for channel in channels)


def noted(row: Row, channels: Iterable[Channel]) -> dict[str, str]:
    """List what the row takes down once its last words on `channels` are sent."""
    changes = {}
    for channel in channels:
        word = row.wanted(channel)
        assert word is not None
        changes[f"{channel}_sent"] = word.said.text
        if channel == "email" and word.said.state == "unsubscribed":
            changes["blacklisted_address"] = word.address.digest
    return changes
