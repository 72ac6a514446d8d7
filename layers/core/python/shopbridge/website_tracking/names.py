"""Names of the website's events: on the settings page, at Netcore, and in the ledger."""

from collections.abc import Mapping
from typing import Final

DISPATCHED: Final[Mapping[str, str]] = {
    "Page View": "Product View",
    "Add to Cart": "Add To Cart",
    "Remove from Cart": "Remove From Cart",
}
"""What Netcore's list of events calls them, where the guide's words differ."""

TOPIC: Final = "website/"
"""How the ledger's topic of a collected event begins."""

OWN: Final = "own"
"""Ends the topic of a merchant's own events: their names are not for counters."""

CONFIGURE: Final = "website/settings"
"""Topic of what tells pixel and embed about settings."""

KNOWN: Final = "website/known"
"""Topic of what was held and then told, since its visitor became known."""


def topic(event: str) -> str:
    """Ledger's topic of an event of the settings page: `website/page_view`."""
    return f"{TOPIC}{event.lower().replace(' ', '_')}"
