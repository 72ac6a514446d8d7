"""app/uninstalled: ends this install: queued work drops, tokens and keys are deleted."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.app import Leaving
from shopbridge.stores.profile import Profile
from shopbridge.translate import shops


def translate(shop: Leaving, store: Profile) -> Commands:
    """What it means that the merchant removed the app."""
    yield shops.uninstalled(shop, store)


handler = Webhook("app/uninstalled", Leaving, translate)
