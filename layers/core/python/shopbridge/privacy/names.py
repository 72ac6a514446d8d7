"""What names a person, written so that two spellings of one name are one text. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from shopbridge.commands import (
    ChangeConsent,
    CloseCheckout,
    Command,
    FillCustomer,
    Identity,
    RecordActivity,
    RefreshContact,
    SendContact,
    Unsubscribe,
    WatchCheckout,
)
from shopbridge.phone import digits

_ID: Final = "id:"
_ORDER: Final = "order:"
_RESOURCE: Final = "order#"


def of_person(person: Identity, orders: Iterable[str], country: str) -> set[str]:
    """
    Return all names of `person` and of the orders that count as theirs.

    `country` is the store's, for numbers without prefix.
    """
    return {*_of_identity(person, country), *(f"{_ORDER}{order}" for order in orders)}


def of_command(command: Command, country: str) -> set[str]:
    """Return what names the person that `command` is about; nothing for what is of nobody."""
    match command:
        case RecordActivity(identity=identity, resource=resource):
            is_order = resource.startswith(_RESOURCE)
            own = [resource.removeprefix(_RESOURCE)] if is_order else []
            return of_person(identity, own, country)
        case WatchCheckout(activity=activity):
            return of_command(activity, country)
        case CloseCheckout(buyer=buyer):
            return of_person(buyer, (), country)
        case Unsubscribe(person=person) | FillCustomer(person=person):
            return of_person(person, (), country)
        case RefreshContact() | SendContact() | ChangeConsent():
            return {f"{_ID}{command.customer_id}"}
    return set()


def is_lasting(name: str) -> bool:
    """Whether nobody else ever gets this name: Shopify's ids, unlike addresses, do not return."""
    return name.startswith((_ID, _ORDER))


def numbers(phone: str, country: str) -> set[str]:
    """Return the number with its country code where that can be told, and its bare digits."""
    bare = "".join(filter(str.isdecimal, phone))
    return {*filter(None, [digits(phone, country), bare])}


def _of_identity(person: Identity, country: str) -> Iterator[str]:
    if person.customer_id:
        yield f"{_ID}{person.customer_id}"
    if person.order_id:
        yield f"{_ORDER}{person.order_id}"
    if person.email:
        yield f"email:{person.email.strip().casefold()}"
    if person.phone:
        yield from (f"phone:{number}" for number in numbers(person.phone, country))
