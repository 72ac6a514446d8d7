"""Under which value of the store's primary key Netcore knows the people whose consent changed."""

from collections.abc import Callable, Iterable

from shopbridge.commands import ChangeConsent, Identity
from shopbridge.errors import AdminUnavailable
from shopbridge.netcore.identity import key_of
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Reader
from shopbridge.stores.store import Store
from shopbridge.translate.identity import usable_email


def keys(
    store: Store, commands: Iterable[ChangeConsent], reader: Callable[[Store], Reader]
) -> dict[str, str]:
    """
    Return the values by customer id; those without one are left out.

    Shopify is asked only where the customer id is not the key. For a customer that it no
    longer has, the address in the command serves.

    Raises:
        AdminUnavailable: Shopify cannot be read now.
        AdminRejected: Shopify refuses the app or the store.
    """
    last = {command.customer_id: command for command in commands}
    if store.settings.primary_key == "CUSTID":
        return {customer: customer for customer in last}
    read = reader(store).customers(last).customers
    if not read.keys() >= last.keys():
        raise AdminUnavailable("some customers could not be read")
    found = {each: key_of(_identity(read[each], command), store) for each, command in last.items()}
    return {customer: key for customer, key in found.items() if key}


def _identity(customer: Customer | None, command: ChangeConsent) -> Identity:
    if customer:
        return Identity(customer.id, usable_email(customer.email), customer.phone)
    is_email = command.channel == "email"
    return Identity(
        command.customer_id,
        email=usable_email(command.address) if is_email else None,
        phone=None if is_email else command.address,
    )
