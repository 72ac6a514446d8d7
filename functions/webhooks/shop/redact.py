"""shop/redact: deletes all that we hold of a store that removed the app."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.redaction import ShopRedact
from shopbridge.stores.profile import Profile
from shopbridge.translate import rights


def translate(told: ShopRedact, store: Profile) -> Commands:
    """What it means that a store is to be forgotten."""
    yield rights.store_erased(told, store)


handler = Webhook("shop/redact", ShopRedact, translate, for_people=True)
