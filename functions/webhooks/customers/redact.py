"""customers/redact: deletes what we and Netcore hold of the customer, for good."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.redaction import CustomerRedact
from shopbridge.stores.profile import Profile
from shopbridge.translate import rights


def translate(told: CustomerRedact, store: Profile) -> Commands:
    """What it means that a customer is to be forgotten."""
    yield rights.person_erased(told, store)


handler = Webhook("customers/redact", CustomerRedact, translate, for_people=True)
