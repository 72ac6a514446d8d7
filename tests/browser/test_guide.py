"""A merchant sets the store up: five steps, then Enable."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local.netcore.app import API_KEY
from tests.browser.conftest import Open
from tests.e2e.live_store import LiveStore

pytestmark = pytest.mark.e2e

Fresh = Callable[[str], LiveStore]


def test_merchant_sets_up_in_five_steps(fresh: Fresh, merchant: Open) -> None:
    """Connect, choose the key, choose data, history, website; enabled, the store is connected."""
    page = merchant(fresh("guide")).open()
    expect(page.app.get_by_text("0 of 5 steps done.")).to_be_visible()

    page.field("Netcore API key").fill(API_KEY)
    page.field("Website (asset) id").fill("shopbridge-demo-website")
    page.field("Store URL").fill("https://www.example.com")
    page.field("Contact list id").fill("7")
    page.field("Notify e-mail").fill("ops@example.com")
    page.save()
    page.told("Saved")
    page.settled()

    page.app.get_by_role("link", name="1. Connect Netcore").click()
    page.settled()
    page.press("Test connection")
    page.told("Connected")

    page.app.get_by_role("link", name="2. Choose the primary key").click()
    page.settled()
    page.app.get_by_role("radio", name="E-mail").check()
    page.press("Save and continue")
    page.told("Saved")
    page.settled()
    page.reached("data")
    expect(page.app.get_by_text("2 of 5 steps done.")).to_be_visible()

    page.field("Order Updates").uncheck()
    page.press("Save and continue")
    page.reached("historic_sync")

    expect(page.field("Orders")).to_be_disabled()
    page.field("All contacts").check()
    expect(page.field("Orders")).to_be_enabled()
    page.press("Save and continue")
    expect(page.app.locator("s-modal")).to_contain_text("All contacts")
    page.press("Switch on for good")
    page.reached("website_tracking")

    page.field("Page Browse").uncheck()
    page.press("Save and continue")
    expect(page.app.get_by_role("heading", name="Set-up guide")).to_be_hidden()
    page.settled()

    page.press("Enable")
    page.told("Enabled")
    page.settled()

    expect(page.app.locator("s-badge").first).to_contain_text("Connected")
    store = page.store.deployment.repository(page.store.name).get()
    assert store
    assert store.status == "enabled"
    assert store.settings.primary_key == "EMAIL"
    assert store.settings.netcore.list_id == 7
    assert store.settings.events == {"Order Updates": False}
    assert (store.settings.historic_sync.contacts, store.settings.historic_sync.orders) == (
        True,
        False,
    )
    assert store.settings.website_tracking.events == {"Page Browse": False}


def test_merchant_sets_up_by_keyboard_alone(fresh: Fresh, merchant: Open) -> None:
    """The same five steps without a mouse."""
    page = merchant(fresh("keys")).open()
    keyboard = page.page.keyboard

    page.type_into("Netcore API key", API_KEY)
    page.type_into("Website (asset) id", "shopbridge-demo-website")
    page.type_into("Contact list id", "7")
    page.type_into("Notify e-mail", "ops@example.com")
    page.tab_to("Save")
    keyboard.press("Enter")
    page.told("Saved")
    page.settled()
    for step in ("primary_key", "data", "historic_sync", "website_tracking"):
        page.reached(step)
        page.tab_to("Save and continue")
        keyboard.press("Enter")
    expect(page.app.get_by_role("heading", name="Set-up guide")).to_be_hidden()
    page.settled()
    page.tab_to("Enable")
    keyboard.press("Space")
    page.told("Enabled")

    store = page.store.deployment.repository(page.store.name).get()
    assert store
    assert (store.status, store.settings.netcore.list_id) == ("enabled", 7)
    assert store.settings.guide.done == (
        "primary_key",
        "data",
        "historic_sync",
        "website_tracking",
    )


def test_a_wrong_netcore_key_is_told(fresh: Fresh, merchant: Open) -> None:
    """The connection is tried out with the saved key, and the answer is in plain words."""
    page = merchant(fresh("key")).open()
    page.field("Netcore API key").fill("not-the-right-key")
    page.field("Contact list id").fill("7")
    page.field("Notify e-mail").fill("ops@example.com")
    page.save()
    page.told("Saved")
    page.settled()

    page.press("Test connection")

    page.told("Not connected")
    expect(page.app.get_by_text("Netcore does not know this key.").first).to_be_visible()


def test_what_is_wrong_stands_next_to_its_field(fresh: Fresh, merchant: Open) -> None:
    """A field that the API refuses is marked, has the focus, and keeps what was typed."""
    page = merchant(fresh("wrong")).open()
    page.field("Store URL").fill("ftp://nowhere")
    page.field("Contact list id").fill("seven")

    page.save()

    page.told("Not saved: look at the marked fields")
    url = page.app.locator("s-url-field")
    expect(url.get_by_role("alert")).to_have_text("It does not have the form that is expected.")
    expect(page.app.locator("[name='netcore.list_id']").get_by_role("alert")).to_have_text(
        "It is not a value that can be used here."
    )
    expect(page.field("Store URL")).to_be_focused()
    expect(page.field("Contact list id")).to_have_value("seven")
