"""app/scopes_update: takes over which access scopes the merchant grants."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.app import ScopesChange
from shopbridge.stores.profile import Profile
from shopbridge.translate import shops


def translate(change: ScopesChange, store: Profile) -> Commands:
    """What a change to the granted scopes means."""
    yield shops.scopes(change)


handler = Webhook("app/scopes_update", ScopesChange, translate)
