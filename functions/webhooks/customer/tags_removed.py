"""customer.tags_removed: refreshes the contact's tags."""

from shopbridge.commands import Commands, RefreshContact
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.customer import CustomerFact
from shopbridge.stores.profile import Profile


def translate(fact: CustomerFact, store: Profile) -> Commands:
    """What fewer tags of a customer mean to Netcore."""
    yield RefreshContact(plain_id(fact.customer_id))


handler = Webhook("customer.tags_removed", CustomerFact, translate)
