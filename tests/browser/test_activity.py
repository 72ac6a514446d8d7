"""A support engineer asks what became of an order."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.e2e.conftest import NewStore

pytestmark = pytest.mark.e2e


def test_an_order_is_found_and_sent_again(installed: NewStore, merchant: Open) -> None:
    """By its number: a verdict, each step with its time, and once more without a second effect."""
    store = installed("order")
    store.activity(store.send("orders/create", store.order(name="#4711")), "delivered")
    page = merchant(store).open("activity")

    page.field("Order number, e-mail or event id").fill("#4711")
    page.press("Search")

    found = page.app.locator("article")
    expect(found.first).to_contain_text("orders/create")
    expect(found.first).to_contain_text("Product Purchase")
    expect(found.first.locator("li").first).to_contain_text("Shopify: triggered")


def test_nothing_found_says_how_to_get_something(installed: NewStore, merchant: Open) -> None:
    """An empty answer tells what would fill it."""
    page = merchant(installed("nothing")).open("activity")

    page.field("Order number, e-mail or event id").fill("#9999999")
    page.page.keyboard.press("Enter")

    expect(page.app.get_by_text("Nothing found")).to_be_visible()
    expect(page.app.get_by_text("place a test order")).to_be_visible()


def test_what_is_parked_is_listed_with_what_to_do(
    installed: NewStore, merchant: Open, tmp_path: Path
) -> None:
    """Each reason comes with its mend; the list can be downloaded."""
    store = installed("parked")
    repository = store.deployment.repository(store.name)
    found = repository.get()
    assert found
    repository.set_status(found, "paused")
    store.activity(store.send("orders/create", store.order()), "parked")
    page = merchant(store).open("activity")

    waiting = page.app.locator("#parked article").first
    expect(waiting).to_contain_text("paused")
    expect(waiting).to_contain_text("Enable the store on Home: it goes on by itself.")
    expect(page.app.locator("#unblock-needed")).to_have_text("Nobody needs to be unblocked.")
    with page.page.expect_download() as download:
        page.press("Download")

    download.value.save_as(tmp_path / "parked.csv")
    lines = (tmp_path / "parked.csv").read_text().splitlines()
    assert lines[0] == '"id","topic","what","state","reason","since"'
    assert any('"orders/create","RecordActivity Product Purchase","parked","paused"' in line
               for line in lines)  # fmt: skip


def test_what_a_customer_asked_for_can_be_fetched(
    installed: NewStore, merchant: Open, tmp_path: Path
) -> None:
    """The bundle is a download; the page stays where it is."""
    store = installed("asked")
    told = {
        "shop_domain": store.name,
        "customer": {"id": 7001, "email": "cnry.asked@example.com"},
        "orders_requested": [],
        "data_request": {"id": 9999},
    }
    store.ended(store.send("customers/data_request", told))
    page = merchant(store).open("activity")

    with page.page.expect_download() as download:
        page.press("Open what is held")

    download.value.save_as(tmp_path / "bundle.json")
    assert '"id": "9999"' in (tmp_path / "bundle.json").read_text()
    assert page.path == "activity"
