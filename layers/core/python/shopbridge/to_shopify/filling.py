"""What of a profile a customer lacks: filled, never blanked; tags added, never replaced. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shopbridge.commands import FillCustomer
from shopbridge.phone import digits, international
from shopbridge.shopify.people import Customer
from shopbridge.stores.settings import Settings


@dataclass(frozen=True, slots=True)
class Filling:
    """What is to be written."""

    values: Mapping[str, str] = field(default_factory=dict)
    """By Shopify's names."""
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.values or self.tags)


def missing(customer: Customer, told: FillCustomer, settings: Settings) -> Filling:
    """
    Return what `told` adds to `customer`.

    A name that both sides have is Shopify's, or, where the store chose `newest`, the profile's
    if that is younger than the customer's last change. Addresses are filled and never changed:
    consent hangs on them.
    """
    assert told.at is not None
    is_newer = settings.to_shopify.conflicts == "newest" and told.at > customer.updated_at
    names = {
        name: value
        for name, value, old in (
            ("firstName", told.first_name, customer.first_name),
            ("lastName", told.last_name, customer.last_name),
        )
        if value and value != old and (is_newer or not old)
    }
    addresses = {
        name: value
        for name, value in _addresses(told, settings)
        if not (customer.email if name == "email" else customer.phone)
    }
    known = {tag.casefold() for tag in customer.tags}
    return Filling(names | addresses, tuple(t for t in told.tags if t.casefold() not in known))


def new(told: FillCustomer, settings: Settings) -> Filling:
    """Return a customer as `told` describes it; without an address there is nobody to make."""
    addresses = dict(_addresses(told, settings))
    names = {"firstName": told.first_name, "lastName": told.last_name}
    if not addresses:
        return Filling()
    return Filling(addresses | {name: value for name, value in names.items() if value}, told.tags)


def _addresses(told: FillCustomer, settings: Settings) -> Iterator[tuple[str, str]]:
    if told.person.email:
        yield "email", told.person.email
    number = international(told.person.phone, settings.country)
    if number and digits(f"+{number}"):
        yield "phone", f"+{number}"
