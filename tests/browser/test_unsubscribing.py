"""The page behind a link in a mail, in a browser that runs no scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def test_a_link_in_a_mail_works_without_scripts(
    installed: NewStore, browser: Browser, netcore: Netcore, images: Path
) -> None:
    """It asks, and the button unsubscribes; `make images` takes its picture anew."""
    store = installed("vapid")
    registered, *_ = store.happen("register", subscribes=True)
    id_ = registered.resource.rpartition("/")[2]
    made = shopbridge("to-shopify", "link", id_, "--store", store.name, "--json").json["url"]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 640, "height": 360})
    page = context.new_page()

    page.goto(f"{store.system.api_url}/u/{made.rpartition('/')[2]}")
    page.screenshot(path=images / "unsubscribe.png")
    page.get_by_role("button").click()

    expect(page.get_by_role("heading")).to_contain_text("You are unsubscribed from e-mail")
    until(lambda: netcore.blacklisted(id_), "a blacklisted contact")
    context.close()
    assert (IMAGES / "unsubscribe.png").is_file()
