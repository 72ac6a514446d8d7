"""A visitor of the simulated storefront, in Chromium, and what reached whom because of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from local.storefront.site import Site

PATIENCE_SECONDS = 10
QUIET_SECONDS = 0.4
"""How long nothing must come before we believe that nothing comes."""


@dataclass
class Visitor:
    """One browser profile on the storefront."""

    site: Site
    url: str
    context: BrowserContext

    def consent(self, analytics: bool = True, marketing: bool = True) -> None:
        """Answer the banner before the first page."""
        given = {"analytics": analytics, "marketing": marketing}
        cookies: Any = [
            {"name": name, "value": "yes" if yes else "no", "url": self.url}
            for name, yes in given.items()
        ]
        self.context.add_cookies(cookies)

    def open(self, path: str = "/", page: Page | None = None) -> Page:
        """Open a page of the storefront, in a tab of its own unless one is given."""
        page = page or self.context.new_page()
        page.goto(f"{self.url}{path}")
        return page

    def calls(self, verb: str = "dispatch") -> list[list[Any]]:
        """Return how Netcore's SDK was called with `verb`, without the verb."""
        return [call[1:] for call in list(self.site.calls) if call[0] == verb]

    def events(self) -> list[str]:
        """Return the names of all events that reached Netcore's SDK."""
        return [call[0] for call in self.calls()]

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds, then a moment longer, so that what is too much shows."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while not condition() and time.monotonic() < ends:
            self._look()
        assert condition(), (self.site.calls, self.site.collected)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing has come for a while."""
        seen, since = self._counts(), time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS:
            self._look()
            if self._counts() != seen:
                seen, since = self._counts(), time.monotonic()

    def remembered(self, page: Page) -> str | None:
        """Return what lies in the browser under our name."""
        kept: str | None = page.evaluate("localStorage.getItem('shopbridge')")
        return kept

    def _counts(self) -> tuple[int, int]:
        return len(self.site.calls), len(self.site.collected)

    def _look(self) -> None:
        """Let the browser's own events through while we wait."""
        self.context.pages[0].wait_for_timeout(50)
