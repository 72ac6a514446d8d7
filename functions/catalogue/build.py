"""Every five minutes: builds the product feeds of stores whose catalogue has changed."""

from functools import cache

from shopbridge.entry.catalogue_wiring import building
from shopbridge.entry.feed_building import BuildFeeds, Services
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the function, once while it is warm."""
    return building(Environment())


handler = BuildFeeds(services)
