"""Every element and attribute of our pages is one that Shopify's Polaris has."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.page.reading import read
from tests.integration.page.test_pages import PAGES, STEPS
from tests.integration.page.visiting import Browser

MANIFEST = (
    Path(__file__).parents[3] / "node_modules/@shopify/polaris-types/dist/custom-elements.json"
)
HTML = ("id", "slot", "class", "hidden", "name", "autocomplete")
"""Attributes that any element takes; `data-…` is for our own script."""

APP_BRIDGE = {"s-app-nav": set[str](), "s-link": {"rel"}}
"""What App Bridge adds to Polaris' own elements."""


def known() -> dict[str, dict[str, str]]:
    """Each element with its attributes and their types."""
    modules: list[Any] = json.loads(MANIFEST.read_text())["modules"]
    declared = [one for module in modules for one in module.get("declarations", [])]
    return {
        one["tagName"]: {
            a["name"]: (a.get("type") or {}).get("text", "") for a in one.get("attributes", [])
        }
        for one in declared
        if "tagName" in one
    }


@pytest.mark.parametrize("page", [*PAGES, *(f"/?step={step}" for step in STEPS)])
def test_pages_use_what_polaris_has(browser: Browser, page: str) -> None:
    """No element or attribute of a how-to that Shopify does not ship, no value it does not know."""
    path, _, step = page.partition("?step=")
    elements = known()

    said = browser.open(path, **({"step": step} if step else {}))

    wrong = []
    for tag in read(said.text):
        if not tag.name.startswith("s-"):
            continue
        also = APP_BRIDGE.get(tag.name, set())
        if tag.name not in elements and tag.name not in APP_BRIDGE:
            wrong.append(tag.name)
            continue
        types = elements.get(tag.name, {})
        for name, value in tag.attributes.items():
            if name.startswith("data-") or name in HTML or name in also:
                continue
            if name not in types:
                wrong.append(f"{tag.name} {name}")
            elif types[name].startswith('"') and f'"{value}"' not in types[name]:
                wrong.append(f"{tag.name} {name}={value}")
    assert wrong == []
