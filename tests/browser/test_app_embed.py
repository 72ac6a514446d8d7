"""The app embed's deep link and its status on the page, and what the pixel is told beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from infra.deployment import LOCAL_CLIENT_ID
from tests.browser.conftest import Open
from tests.browser.merchant import Merchant
from tests.e2e.conftest import NewStore

pytestmark = pytest.mark.e2e

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WITHOUT_EXTENSIONS = """
  let bridge;
  const set = (given) => (bridge = given).app.extensions = async () => [];
  Object.defineProperty(window, "shopify", { get: () => bridge, set });
"""
SECTION = "s-section[heading='Activate website tracking']"


def status(page: Merchant) -> Callable[[str], None]:
    """Return what waits until the embed's status on the page is this word."""
    return lambda word: expect(page.app.locator("[data-embed]")).to_have_text(word)


def switch_on(page: Merchant) -> str:
    """Follow the link, as the merchant does, and save in the theme editor; return the link."""
    address = page.app.get_by_role("link", name="Theme settings, App embeds").get_attribute("href")
    assert address
    # Shopify's address names the store by its host; the simulated admin is one for all stores.
    page.page.goto(f"{address}&shop={page.store.name}")
    page.page.get_by_role("button", name="Save").click()
    expect(page.page.get_by_role("heading")).to_have_text("Theme editor: saved")
    return address


def test_the_link_leads_to_the_embed_and_the_page_says_whether_it_is_on(
    installed: NewStore, merchant: Open
) -> None:
    """Off at first; the link opens the theme editor with our block about to be switched on."""
    page = merchant(installed("embed")).open("to-shopify")
    status(page)("off")

    address = switch_on(page)

    parts = urlsplit(address)
    assert parts.path == "/admin/themes/current/editor"
    assert parse_qs(parts.query) == {
        "context": ["apps"],
        "template": ["index"],
        "activateAppId": [f"{LOCAL_CLIENT_ID}/netcore-embed"],
    }
    status(page.open("to-shopify"))("on")
    status(page.open())("on")


def test_the_page_says_when_the_app_was_released_without_it(
    installed: NewStore, merchant: Open
) -> None:
    """A deployment whose extensions were never released is told apart from one that is off."""
    page = merchant(installed("unreleased"))
    page.page.add_init_script(WITHOUT_EXTENSIONS)

    page.open("to-shopify")

    status(page)("not released yet")


def test_documents_have_a_picture_of_website_tracking(
    installed: NewStore, merchant: Open, images: Path
) -> None:
    """`make images` takes it anew: the embed is on, the pixel too, and one event is off."""
    page = merchant(installed("vapid")).open("to-shopify")
    switch_on(page)
    page.open("to-shopify")
    page.field("Page Browse").uncheck()
    page.save()
    page.told("Saved")

    _reload_until(page, lambda: page.app.locator("[data-text=pixel]").inner_text() == "on")
    status(page)("on")
    page.app.locator(SECTION).screenshot(path=images / "website-tracking.png")

    assert (images / "website-tracking.png").stat().st_size > 10_000
    assert (IMAGES / "website-tracking.png").is_file()


def _reload_until(page: Merchant, is_so: Callable[[], Any]) -> None:
    """The pixel is told by a queue; the page asks Shopify each time that it is opened."""
    for _ in range(10):
        page.open("to-shopify")
        if is_so():
            return
    raise AssertionError("the page does not come to say so")
