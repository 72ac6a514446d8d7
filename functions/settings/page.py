"""settings page: shows a merchant what the store sends, and where it is changed."""

from functools import cache

from shopbridge.entry.page.pages import Pages
from shopbridge.entry.page.wiring import PageWiring
from shopbridge.environment import Environment


@cache
def office() -> PageWiring:
    """Wire the page, once per warm function."""
    return PageWiring(Environment())


handler = Pages(office)
