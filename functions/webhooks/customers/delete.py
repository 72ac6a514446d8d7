"""customers/delete: refreshes the contact, whom Shopify no longer has."""

from shopbridge.commands import Commands, RefreshContact
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import Customer
from shopbridge.stores.profile import Profile


def translate(customer: Customer, store: Profile) -> Commands:
    """What a deleted customer means: the worker looks and finds nobody."""
    yield RefreshContact(plain_id(customer.id))


handler = Webhook("customers/delete", Customer, translate)
