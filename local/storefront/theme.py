"""Renders the app embed's block as a theme would, with the Liquid that Shopify documents."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from liquid import Environment

from local.places import ROOT

EXTENSION = ROOT / "extensions" / "website-tracking"
BLOCK = EXTENSION / "blocks" / "netcore-embed.liquid"

_SCHEMA = re.compile(r"{% schema %}(.*?){% endschema %}", re.DOTALL)


def rendered(drops: dict[str, Any], settings: dict[str, str]) -> str:
    """Return the block's HTML; `settings` are those that differ from the schema's defaults."""
    source = BLOCK.read_text("utf-8")
    (schema,) = _SCHEMA.findall(source)
    defaults = {
        each["id"]: each.get("default", "")
        for each in json.loads(schema)["settings"]
        if "id" in each
    }
    block = {"settings": {**defaults, **settings}}
    return _environment().from_string(_SCHEMA.sub("", source)).render(block=block, **drops)


def page(title: str, content: str, embed: str, *, scripts: str = "") -> str:
    """Return a page of the theme: content first, what apps embed at its end."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<script src="/_shopify.js"></script></head>'
        f"<body><h1>{title}</h1>{content}"
        '<nav><a href="/">Home</a> <a href="/cart">Cart</a> '
        '<a href="/account/login">Log in</a> <a href="/account/logout">Log out</a></nav>'
        f'<script src="/_theme.js" defer></script>{scripts}{embed}</body></html>'
    )


def _environment() -> Environment:
    environment = Environment()
    environment.filters["json"] = _json
    environment.filters["asset_url"] = lambda name: f"/assets/{name}"
    environment.filters["image_url"] = lambda image, **size: f"{image}?width={size['width']}"
    return environment


def _json(value: Any) -> str:
    """As Shopify's filter: `<` and `>` are escaped, so that no text can end the script."""
    text = json.dumps(value, default=_plain)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else None


def asset(name: str) -> Path:
    """Return the file that a theme serves as an asset of the extension."""
    return EXTENSION / "assets" / name
