"""
A Shopify customer as a Netcore contact: the one mapping of webhooks, history and repair.

Values are text or whole numbers, as Netcore's batch call wants them. What Shopify does
not know is empty text: that clears an attribute which had a value before.
"""

from collections.abc import Mapping
from datetime import datetime

from shopbridge import phone
from shopbridge.commands import Channel, ConsentState
from shopbridge.shopify.people import Address, Customer
from shopbridge.stores.settings import (
    ContactAttribute,
    CustomerField,
    Settings,
    StoreAttribute,
)
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import name
from shopbridge.translate.currencies import written
from shopbridge.translate.identity import usable_email

Value = str | int
Attributes = dict[str, Value]
Consents = Mapping[Channel, ConsentState]

LABELS: dict[ConsentState, str] = {
    "subscribed": "Subscribed",
    "unsubscribed": "Unsubscribed",
    "not_subscribed": "Not Subscribed",
}
"""The three states as Netcore's guide writes them."""

LONGEST_TEXT = 255
"""Characters of a value; Netcore does not document its limit, this one is safe."""
_TAG_SEPARATOR = ", "


def attributes(
    customer: Customer, store: Store, shown: Consents, unsubscribe_url: str | None = None
) -> Attributes:
    """
    Write `customer` with every attribute that is switched on.

    `shown` is what the customer last said, which may be newer than what was read.
    A customer without the store's primary key has it empty; it is always among them.
    """
    return {
        **_contact(customer, store.settings),
        **_of_store(customer, store),
        **_own(customer, store, unsubscribe_url),
        **subscriptions(store, shown),
    }


def subscriptions(store: Store, shown: Consents) -> Attributes:
    """Write only the attributes that show what somebody said about marketing."""
    found: Attributes = {}
    chosen = store.settings.attributes
    if "email" in shown and chosen.store.get("EMAIL_SUBSCRIPTION", True):
        found[name("EMAIL_SUBSCRIPTION", store)] = LABELS[shown["email"]]
    if "sms" in shown:
        own = [one.label for one in chosen.own if one.field == "sms_subscription"]
        found |= {name(label, store): LABELS[shown["sms"]] for label in own}
    return found


def _contact(customer: Customer, settings: Settings) -> Attributes:
    values: dict[ContactAttribute, Value | None] = {
        "EMAIL": usable_email(customer.email),
        "MOBILE": phone.digits(customer.phone, settings.country),
        "CUSTID": customer.id,
        "FIRSTNAME": customer.first_name,
        "LASTNAME": customer.last_name,
        "TOTALSPENT": _spent(customer),
        "TOTALORDERS": customer.number_of_orders,
        "TAGS": _tags(customer.tags),
    }
    spelt = settings.netcore.spellings.attributes
    return _written(
        {
            spelt.get(attribute, attribute): value
            for attribute, value in values.items()
            if attribute == settings.primary_key or settings.attributes.contact.get(attribute, True)
        }
    )


def _of_store(customer: Customer, store: Store) -> Attributes:
    order = customer.last_order
    values: dict[StoreAttribute, Value | None] = {
        "TOTALSPENT": _spent(customer),
        "TOTALORDERS": customer.number_of_orders,
        "TAGS": _tags(customer.tags),
        "LASTORDERID": order.id if order else None,
        "LASTORDERNAME": order.name if order else None,
    }
    chosen = store.settings.attributes.store
    return _written(
        {
            name(attribute, store): value
            for attribute, value in values.items()
            if chosen.get(attribute, True)
        }
    )


def _own(customer: Customer, store: Store, unsubscribe_url: str | None) -> Attributes:
    fields = _fields(customer) | {"unsubscribe_url": unsubscribe_url}
    chosen = store.settings.attributes.own
    return _written(
        {name(one.label, store): fields[one.field] for one in chosen if one.field in fields}
    )


def _fields(customer: Customer) -> dict[CustomerField, Value | None]:
    """List what a merchant may add under a name of their own, beside consent to SMS."""
    address, order = customer.default_address or Address(), customer.last_order
    verified = customer.verified_email
    return {
        "locale": customer.locale,
        "state": customer.state and customer.state.lower(),
        "created_at": _date(customer.created_at),
        "last_order_at": _date(order.processed_at if order else None),
        "city": address.city,
        "province": address.province,
        "country": address.country,
        "zip": address.zip,
        "verified_email": None if verified is None else str(verified).lower(),
    }


def _written(values: Mapping[str, Value | None]) -> Attributes:
    """Cut long texts; empty text where there is no value."""
    return {
        key: str(value or "").strip()[:LONGEST_TEXT] if not isinstance(value, int) else value
        for key, value in values.items()
    }


def _spent(customer: Customer) -> str:
    return written(customer.amount_spent.amount, customer.amount_spent.currency_code)


def _tags(tags: tuple[str, ...]) -> str:
    """Join as many whole tags as fit."""
    kept = ""
    for tag in tags:
        longer = f"{kept}{_TAG_SEPARATOR}{tag}" if kept else tag
        if len(longer) > LONGEST_TEXT:
            break
        kept = longer
    return kept


def _date(at: datetime | None) -> str | None:
    """Write a day as Netcore takes dates, `2026-11-23` (UTC)."""
    return f"{at:%Y-%m-%d}" if at else None
