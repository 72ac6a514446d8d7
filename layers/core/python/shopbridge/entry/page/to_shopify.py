"""To Shopify: what Netcore may change in the store, and what its website collects."""

from dataclasses import dataclass

from shopbridge.entry.page.chosen import chosen
from shopbridge.entry.page.shown import Visit, shown
from shopbridge.page.frame import Frame
from shopbridge.to_shopify.posted import inbound_url


@dataclass(frozen=True, slots=True)
class ToShopify:
    """What the page shows beside the switches."""

    theme_editor: str
    inbound_url: str
    """Where Netcore posts to."""


def to_shopify(visit: Visit) -> str:
    """Show unsubscribes, profiles and website tracking."""
    view = ToShopify(
        theme_editor(visit.frame), inbound_url(visit.frame.site.app, visit.frame.store)
    )
    return shown(visit, "to_shopify", view, chosen=chosen(visit.sight))


def theme_editor(frame: Frame) -> str:
    """Link to the app embeds of the store's theme."""
    return f"{frame.admin}/themes/current/editor?context=apps"
