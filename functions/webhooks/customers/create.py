"""customers/create: records `Customer Registration` and refreshes the contact."""

from shopbridge.commands import Commands, RefreshContact
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import Customer
from shopbridge.stores.profile import Profile
from shopbridge.translate import consents, customers


def translate(customer: Customer, store: Profile) -> Commands:
    """What a new customer means to Netcore."""
    yield customers.registration(customer, store)
    yield RefreshContact(plain_id(customer.id))
    yield from consents.of_customer(customer)


handler = Webhook("customers/create", Customer, translate)
