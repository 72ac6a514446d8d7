"""customers/purchasing_summary: refreshes the contact's totals and last order."""

from shopbridge.commands import Commands, RefreshContact
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import CustomerFact
from shopbridge.stores.profile import Profile


def translate(fact: CustomerFact, store: Profile) -> Commands:
    """What new totals of a customer mean to Netcore."""
    yield RefreshContact(plain_id(fact.customer_id))


handler = Webhook("customers/purchasing_summary", CustomerFact, translate)
