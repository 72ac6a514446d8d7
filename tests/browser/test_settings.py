"""A merchant changes settings: saved, refused, discarded."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, expect

from shopbridge.stores.settings import Settings
from tests.browser.conftest import Open
from tests.browser.test_guide import Fresh
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore

pytestmark = pytest.mark.e2e


def settings(store: LiveStore) -> Settings:
    """Read what is saved."""
    found = store.deployment.repository(store.name).get()
    assert found
    return found.settings


def test_save_bar_comes_with_a_change_and_goes_with_it(installed: NewStore, merchant: Open) -> None:
    """It is there while something differs; Discard puts everything back."""
    page = merchant(installed("bar")).open("from-shopify")
    bar = page.app.locator("ui-save-bar")
    expect(bar).to_be_hidden()

    page.field("Order Cancelled").uncheck()
    expect(bar).to_be_visible()
    page.press("Discard")

    expect(bar).to_be_hidden()
    expect(page.field("Order Cancelled")).to_be_checked()
    assert settings(page.store).sends("Order Cancelled")


def test_attributes_of_ones_own_are_added_and_removed(installed: NewStore, merchant: Open) -> None:
    """A name and a customer field; an emptied name takes the attribute away."""
    page = merchant(installed("own")).open("from-shopify")

    page.field("Name 1").fill("CITY")
    page.field("Customer field 1").select_option("city")
    page.save()
    page.told("Saved")
    added = settings(page.store).attributes.own
    page.open("from-shopify")
    page.field("Name 1").fill("")
    page.save()
    page.told("Saved")

    assert [(one.label, one.field) for one in added] == [("CITY", "city")]
    assert settings(page.store).attributes.own == ()


def test_a_stale_save_says_who_was_first(installed: NewStore, merchant: Open) -> None:
    """Nothing is overwritten; after a reload the change can be made again."""
    store = installed("stale")
    first, second = merchant(store).open("to-shopify"), merchant(store).open("from-shopify")
    first.field("Profile sync").check()
    first.save()
    first.told("Saved")

    second.field("Order Fulfilled").uncheck()
    second.save()

    second.told("Not saved")
    banner = second.app.locator("#stale")
    expect(banner).to_contain_text("user 42 changed to_shopify.profiles")
    assert settings(store).sends("Order Fulfilled")
    banner.get_by_role("link", name="Reload").click()
    expect(banner).to_be_hidden()
    second.settled()
    second.field("Order Fulfilled").uncheck()
    second.save()
    second.told("Saved")
    assert not settings(store).sends("Order Fulfilled")
    assert settings(store).to_shopify.profiles


def test_history_is_confirmed_and_then_stays(installed: NewStore, merchant: Open) -> None:
    """What cannot be undone is said before; declined, nothing is saved."""
    page = merchant(installed("history")).open("from-shopify")
    page.field("All contacts").check()
    page.field("Orders").check()

    page.save()
    expect(page.app.get_by_role("dialog")).to_contain_text("This cannot be switched off again")
    page.press("Not now")
    before = settings(page.store).historic_sync
    page.save()
    page.press("Switch on for good")
    page.told("Saved")

    assert (before.contacts, before.orders) == (False, False)
    assert settings(page.store).historic_sync.orders
    page.open("from-shopify")
    expect(page.field("All contacts")).to_be_checked()
    expect(page.field("All contacts")).to_be_disabled()


@pytest.mark.parametrize("grants", [True, False], ids=["granted", "declined"])
def test_catalogue_asks_for_its_permission(fresh: Fresh, merchant: Open, grants: bool) -> None:
    """read_locations is asked for when the catalogue is ticked; declined, it stays off."""
    store = fresh("catalogue")
    store.grant("read_customers", "read_orders", "read_products", "read_inventory")
    page = merchant(store).open("from-shopify")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if grants:
            dialog.accept()
        else:
            dialog.dismiss()

    page.page.on("dialog", answer)
    page.field("Product catalogue").click(force=True)

    if grants:
        page.save()
        page.press("Switch on for good")
        page.told("Saved")
    else:
        page.told("Not granted")
        expect(page.field("Product catalogue")).not_to_be_checked()
    assert asked == ["Grant read_locations to this app?"]
    assert settings(store).product_catalogue == grants


def test_feed_is_shown_and_its_address_replaced(installed: NewStore, merchant: Open) -> None:
    """The address to copy, the locations to choose from, and a new address in a click."""
    store = installed("feed")
    [created] = store.happen("create_product")
    store.post(created.topic, created.webhook)
    store.ended(created.event_id)
    built = shopbridge("catalogue", "feed", "build", f"--store={store.name}", "--json").json
    path = urlsplit(built["xml"]).path.rpartition("/")[2]
    page = merchant(store).open("from-shopify")
    shown = page.app.locator("code[data-text=xml_url]")
    expect(shown).to_contain_text(path)

    location, *_ = built["locations"].values()
    page.field(location).uncheck()
    page.save()
    page.told("Saved")
    page.press("Replace the address")
    page.told("The feed has a new address; the old one leads nowhere")
    page.settled()

    expect(shown).to_contain_text(".xml")
    expect(shown).not_to_contain_text(path)
    assert list(settings(store).catalogue.locations.values()) == [False]


def test_a_store_is_paused_and_goes_on(installed: NewStore, merchant: Open) -> None:
    """Paused in a click, with a word for it; Enable goes on."""
    page = merchant(installed("pause")).open()

    page.press("Pause")
    page.told("Paused")
    page.settled()
    expect(page.app.get_by_text("Nothing is sent; what happens meanwhile is kept.")).to_be_visible()
    page.press("Enable")
    page.told("Enabled")
    page.settled()

    expect(page.app.get_by_role("button", name="Pause")).to_be_visible()
