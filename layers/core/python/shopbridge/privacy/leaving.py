"""Whether `shop/redact` speaks of the install that is there. Pure."""

from datetime import datetime, timedelta
from typing import Final

from shopbridge.stores.store import Store

AFTER: Final = timedelta(hours=48)
"""How long after the app was removed Shopify asks to forget the store; set by Shopify."""

SLACK: Final = timedelta(hours=24)
"""How much later than that it may ask."""


def is_over(store: Store, triggered_at: datetime) -> bool:
    """
    Whether the install that the store's row knows is the one that was left.

    Where `app/uninstalled` came, everything before the request is. Where it never came, the
    merchant has left 48 hours before or a little earlier: what was granted since is newer.
    """
    if not store.epoch:
        return True
    granted_at = store.authorised_at or store.installed_at
    if store.status == "uninstalled":
        return granted_at <= triggered_at
    return granted_at <= triggered_at - AFTER - SLACK
