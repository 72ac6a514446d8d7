"""customers/update: refreshes the contact."""

from shopbridge.commands import Commands, RefreshContact
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import Customer
from shopbridge.stores.profile import Profile
from shopbridge.translate import consents


def translate(customer: Customer, store: Profile) -> Commands:
    """What a change to a customer means to Netcore."""
    yield RefreshContact(plain_id(customer.id))
    yield from consents.of_customer(customer)


handler = Webhook("customers/update", Customer, translate)
