"""product feed: gives a store's feed to whoever knows its address, as Netcore pulls it."""

from functools import cache

from shopbridge.entry.catalogue_wiring import serving
from shopbridge.entry.feed_serving import ServeFeed, Services
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the function, once while it is warm."""
    return serving(Environment())


handler = ServeFeed(services)
