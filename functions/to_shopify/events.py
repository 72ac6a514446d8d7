"""Takes what Netcore posts about a store: unsubscribes and profiles; answers before it is done."""

from functools import cache

from shopbridge.entry.inbox import Inbox, Services
from shopbridge.entry.to_shopify_wiring import inbox
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the function once per warm Lambda."""
    return inbox(Environment())


handler = Inbox(services)
