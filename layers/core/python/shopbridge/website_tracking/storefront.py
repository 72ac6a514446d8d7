"""Tells web pixel and app embed, through Shopify, what the merchant chose."""

import json
from collections.abc import Mapping
from typing import Any, Final, get_args

from shopbridge import reasons
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import Answer
from shopbridge.stores.settings import CHECKOUT, StorefrontEvent
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import DISPATCHED

NAMESPACE: Final = "shopbridge"
KEY: Final = "tracking"
"""The app's own metafield: the embed's Liquid reads it, and nobody else can write it."""

NONE: Final = "-"
"""The pixel's list of events where none is on: Shopify refuses an empty text."""


def configure(store: Store, shopify: Asks, collect_url: str) -> None:
    """
    Bring pixel and metafield to what `store` has chosen.

    Raises:
        AdminUnavailable: Shopify cannot take it now.
        AdminRejected: it refuses, or the released app has no pixel.
    """
    settings = json.dumps(pixel_settings(store, collect_url), sort_keys=True)
    _configure_pixel(shopify, {"settings": settings})
    _write_metafield(shopify, json.dumps(tracking(store), sort_keys=True))


def tracking(store: Store) -> dict[str, Any]:
    """Write what the app embed has to know; `storefront/src/page.ts` reads it."""
    chosen, spellings = store.settings, store.settings.netcore.spellings
    events = get_args(StorefrontEvent)
    return {
        "on": store.status == "enabled",
        "events": {name: chosen.website_tracking.collects(name) for name in events},
        "names": {**DISPATCHED, **_overridden(spellings.events)},
        "keys": dict(spellings.keys),
        "primary_key": chosen.primary_key,
        "website_id": chosen.netcore.website_id,
        "ids_as_text": spellings.ids_as_text,
        "milliseconds": spellings.activity_date_in_milliseconds,
    }


def pixel_settings(store: Store, collect_url: str) -> dict[str, str]:
    """Write the pixel's settings, as its `shopify.extension.toml` names them."""
    is_on = store.status == "enabled" and store.settings.website_tracking.collects(CHECKOUT)
    return {
        "endpoint": collect_url,
        "key": store.profile.pixel_key,
        "events": CHECKOUT if is_on else NONE,
    }


def _overridden(names: Mapping[Any, str]) -> dict[str, str]:
    return {name: given for name, given in names.items() if name in get_args(StorefrontEvent)}


def _configure_pixel(shopify: Asks, pixel: dict[str, str]) -> None:
    """Create the pixel; where there is one, update it."""
    created = shopify.ask(load("web_pixel_create"), {"webPixel": pixel})
    codes = _codes(created, "webPixelCreate")
    if "TAKEN" in codes:
        found = shopify.ask(load("web_pixel"), {}).data.get("webPixel")
        if not found:
            raise AdminUnavailable("a pixel that is there and is not")
        updated = shopify.ask(load("web_pixel_update"), {"id": found["id"], "webPixel": pixel})
        codes = _codes(updated, "webPixelUpdate")
    if "NO_EXTENSION" in codes:
        raise AdminRejected(reasons.NO_PIXEL)
    if codes:
        raise AdminRejected(f"Shopify refuses the pixel: {', '.join(sorted(codes))}")


def _write_metafield(shopify: Asks, value: str) -> None:
    installation = shopify.ask(load("app_installation"), {}).data.get("currentAppInstallation")
    if not installation:
        raise AdminUnavailable("an answer without the installation")
    metafield = {
        "ownerId": installation["id"],
        "namespace": NAMESPACE,
        "key": KEY,
        "type": "json",
        "value": value,
    }
    codes = _codes(
        shopify.ask(load("metafields_set"), {"metafields": [metafield]}), "metafieldsSet"
    )
    if codes:
        raise AdminRejected(f"Shopify refuses the metafield: {', '.join(sorted(codes))}")


def _codes(answer: Answer, mutation: str) -> set[str]:
    told = answer.data.get(mutation)
    if told is None:
        raise AdminRejected(f"Shopify does not carry out {mutation}")
    return {str(error.get("code") or "UNNAMED") for error in told["userErrors"]}
