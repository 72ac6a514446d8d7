"""What the storefront is told by the app, and what reached Netcore and us from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shopbridge.errors import InvalidPayload
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Store
from shopbridge.website_tracking.admission import refusal
from shopbridge.website_tracking.collected import LARGEST, Collected, params_of
from shopbridge.website_tracking.storefront import pixel_settings, tracking

STORE = "vapid-store.myshopify.com"
PIXEL_KEY = "pixel-key-1"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Site:
    """One storefront; the embed is on, and the store enabled, unless a test says otherwise."""

    settings: Settings = field(
        default_factory=lambda: Settings(netcore=Netcore(website_id="site-1"))
    )
    status: Any = "enabled"
    block: dict[str, str] = field(
        default_factory=lambda: {"panel": "PANEL-1", "script": "/_sdk.js"}
    )
    sdk_seconds: float = 0.0
    """How long Netcore's script takes to come."""
    name: str = STORE
    held: Mapping[str, str] | None = None
    """The pixel's settings as Shopify holds them; None for those that the app would write, with
    the storefront's own `/collect`."""
    pages: dict[float, list[list[Any]]] = field(default_factory=dict)
    """How Netcore's SDK was called, by when the page was opened."""
    collected: list[dict[str, Any]] = field(default_factory=list)
    """What the pixel or a headless page told, with the answer that we would give."""

    @property
    def calls(self) -> list[list[Any]]:
        """How Netcore's SDK was called, on all pages, oldest first."""
        return [call for _, calls in sorted(dict(self.pages).items()) for call in calls]

    def heard(self, page: float, calls: list[list[Any]]) -> None:
        """Take down all calls of a page so far; what was sent earlier may come later."""
        self.pages[page] = max(self.pages.get(page, []), calls, key=len)

    @property
    def store(self) -> Store:
        """The store as the app has it."""
        return Store(
            name=self.name,
            version=1,
            epoch=1,
            installed_at=SINCE,
            status=self.status,
            settings=self.settings,
            profile=self.profile,
        )

    @property
    def profile(self) -> Profile:
        """What `/collect` knows of it."""
        return Profile(
            store=self.name,
            epoch=1,
            installed_at=SINCE,
            pixel_key=PIXEL_KEY,
            origins=self.settings.website_tracking.origins,
        )

    @property
    def tracking(self) -> dict[str, Any]:
        """The app's metafield."""
        return tracking(self.store)

    def pixel(self, own_url: str) -> dict[str, str]:
        """Settings of the pixel."""
        return dict(self.held or pixel_settings(self.store, own_url))

    def take(self, body: bytes, origin: str, now: datetime) -> int:
        """Judge what was told as `/collect` does, with its own code, and remember it."""
        status, event = self._judged(body, origin, now)
        self.collected.append({"status": status, "origin": origin, "event": event})
        return status

    def _judged(self, body: bytes, origin: str, now: datetime) -> tuple[int, Any]:
        if len(body) > LARGEST:
            return 413, None
        try:
            event = read(body, Collected)
            params_of(event)
        except InvalidPayload as exc:
            return 400, str(exc)
        refused = refusal(event, origin, self.profile, now)
        return (403, refused) if refused else (202, json.loads(body))
