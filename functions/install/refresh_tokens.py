"""Once a week: keeps the tokens of idle stores alive."""

from collections.abc import Iterator
from functools import cache

from shopbridge.entry.keeping_alive import KeepAlive
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.shopify.tokens import Tokens
from shopbridge.stores.directory import refreshable
from shopbridge.stores.store import Store


@cache
def wiring() -> Wiring:
    """Wire the function, once while it is warm."""
    return Wiring(Environment())


def stores() -> Iterator[Store]:
    """List the stores that have tokens to keep."""
    return refreshable(wiring().table("STORES_TABLE"))


def tokens() -> Tokens:
    """Return what refreshes them."""
    return wiring().shopify.tokens


handler = KeepAlive(stores, tokens, now)
