"""Website tracking: whether Shopify runs our pixel, and what the website told us."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk
from shopbridge.entry.api.events import by_topic
from shopbridge.shopify.documents import load
from shopbridge.stores.settings import StorefrontEvent
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import topic
from shopbridge.website_tracking.storefront import NONE, pixel_settings

Pixel = Literal["on", "off", "not told yet", "not there"]

SAYS: Final[Mapping[Pixel, str]] = {
    "on": "Shopify runs it with these settings.",
    "off": "Its event is switched off, or nothing is sent now.",
    "not told yet": "Shopify has older settings; they are told within a minute.",
    "not there": "Shopify has none: it is made when an enabled store saves its settings.",
}


class TrackedEvent(BaseModel):
    """One event of the website, and what came of it through `/collect`."""

    name: StorefrontEvent
    on: bool
    collected_24h: int
    last_collected: datetime | None
    """The hour, UTC, in which one came last, within 7 days; None for what only the app embed
    sends, which goes to Netcore directly."""


class Tracking(BaseModel):
    """How website tracking stands."""

    pixel: Pixel
    says: str
    events: list[TrackedEvent]
    last_collected: datetime | None


def tracking(desk: AtDesk) -> Tracking:
    """Whether Shopify runs our pixel as it was saved, and which events the website told."""
    with desk.shopify() as shopify:
        found = shopify.ask(load("web_pixel"), {}).data.get("webPixel")
    pixel = _pixel(desk.store, found)
    events = _events(desk)
    return Tracking(
        pixel=pixel,
        says=SAYS[pixel],
        events=events,
        last_collected=max((e.last_collected for e in events if e.last_collected), default=None),
    )


def _pixel(store: Store, found: Mapping[str, Any] | None) -> Pixel:
    if not found:
        return "not there"
    told = found["settings"]
    settings = json.loads(told) if isinstance(told, str) else told
    wanted = pixel_settings(store, settings.get("endpoint", ""))
    if settings != wanted:
        return "not told yet"
    return "off" if wanted["events"] == NONE else "on"


def _events(desk: AtDesk) -> list[TrackedEvent]:
    topics = by_topic(desk)
    chosen = desk.store.settings.website_tracking
    return [
        TrackedEvent(
            name=name,
            on=chosen.collects(name),
            collected_24h=seen.deliveries_24h if seen else 0,
            last_collected=seen.last_received if seen else None,
        )
        for name in get_args(StorefrontEvent)
        for seen in (topics.get(topic(name)),)
    ]
