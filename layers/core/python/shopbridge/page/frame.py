"""What is around every page: where it is, what it loads, and who may show it in a frame."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from shopbridge.page.assets import digest

CDN: Final = "https://cdn.shopify.com/shopifycloud"
"""Where App Bridge and Polaris come from; the major version of Polaris is in its name."""
ADMIN: Final = "https://admin.shopify.com"

PAGES: Final = {
    "": "Home",
    "from-shopify": "From Shopify",
    "historic-sync": "Historic sync",
    "to-shopify": "To Shopify",
    "activity": "Activity",
}
"""Path below the app's address, and what the page is called there."""

SESSION_TOKEN: Final = "session-token"
"""Path of the page on which App Bridge fetches a new id token."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page as the app's menu lists it."""

    name: str
    nav: str
    """From the app's own address, as App Bridge wants it."""
    is_home: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Where this app and Shopify's parts of its page are; a local run has its own."""

    client_id: str
    cdn: str = CDN
    admin: str = ""
    """Stands in for every store's admin on a local run."""
    app: str = ""
    """Our own address, as others call it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page for one store; `store` was verified, `host` is passed on as it came."""

    site: Site
    store: str
    host: str = ""
    here: str = ""
    """Path of the page that is shown."""

    @property
    def client_id(self) -> str:
        """Who we are to App Bridge."""
        return self.site.client_id

    @property
    def app_bridge(self) -> str:
        """Address of App Bridge."""
        return f"{self.site.cdn}/app-bridge.js"

    @property
    def polaris(self) -> str:
        """Address of Polaris' elements."""
        return f"{self.site.cdn}/polaris-1.js"

    @property
    def assets(self) -> str:
        """Where our own scripts and style are."""
        return f"assets/{digest()}"

    @property
    def places(self) -> list[Place]:
        """The app's menu."""
        return [Place(name, f"/{path}?{self._query()}", not path) for path, name in PAGES.items()]

    def link(self, path: str = "", **more: str) -> str:
        """Link to one of our pages; it says for which store, so that it can be shown again."""
        return f"{path or './'}?{self._query(**more)}"

    @property
    def admin(self) -> str:
        """The store's admin."""
        return f"{self.site.admin or f'https://{self.store}'}/admin"

    def headers(self) -> dict[str, str]:
        """Say who may frame the page, and what it may load."""
        return {
            "Cache-Control": "no-store",
            "Content-Security-Policy": "; ".join(self._policy()),
            "Content-Type": "text/html; charset=utf-8",
            "Link": f"<{self.app_bridge}>; rel=preload; as=script, "
            f"<{self.polaris}>; rel=preload; as=script",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    def _policy(self) -> list[str]:
        cdn = _origin(self.site.cdn)
        shown_in = [f"https://{self.store}", ADMIN] if self.store else ["'none'"]
        return [
            f"frame-ancestors {' '.join([*shown_in, *filter(None, [self.site.admin])])}",
            f"script-src 'self' {cdn}",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        ]

    def _query(self, **more: str) -> str:
        return urlencode({"shop": self.store, "host": self.host, "embedded": "1", **more})


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
