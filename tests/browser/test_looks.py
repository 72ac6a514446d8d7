"""How the pages look and read: for everybody, on small screens, before their scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_guide import Fresh
from tests.e2e.conftest import NewStore

pytestmark = pytest.mark.e2e

PAGES = ("", "from-shopify", "historic-sync", "to-shopify", "activity")
IMAGES = Path(__file__).parents[2] / "docs" / "images"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(installed: NewStore, merchant: Open, path: str) -> None:
    """Names, contrast, roles, order of headings: what a screen reader lives on."""
    page = merchant(installed("axe")).open(path)

    assert page.violations() == []


@pytest.mark.parametrize("step", ["netcore", "primary_key", "data", "website_tracking"])
def test_axe_finds_nothing_serious_in_the_guide(fresh: Fresh, merchant: Open, step: str) -> None:
    """The same for each step of the guide."""
    page = merchant(fresh("axe")).open(step=step)

    assert page.violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_320_pixels(installed: NewStore, merchant: Open, path: str) -> None:
    """Nothing has to be scrolled sideways on the smallest phone."""
    page = merchant(installed("small"))
    page.page.set_viewport_size({"width": 320, "height": 800})

    page.open(path)

    width = page.app.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def test_a_page_reads_before_its_scripts(fresh: Fresh, merchant: Open) -> None:
    """Where Shopify's scripts do not load, all that was chosen is still there to read."""
    page = merchant(fresh("plain"))
    page.page.route("**/cdn/*", lambda route: route.abort())

    page.page.goto(f"{page._admin}/from-shopify?shop={page.store.name}")

    expect(page.app.get_by_text("What happens while an event is off is never sent")).to_be_visible()
    told = "(el) => getComputedStyle(el, '::before').content"
    switch = page.app.locator("s-switch[name='events.Order Updates']")
    assert switch.evaluate(told) == '"☑ Order Updates"'
    page.errors.clear()  # scripts of ours that find no App Bridge say so


@pytest.mark.parametrize("name", ["home", "guide", "from-shopify", "to-shopify", "activity"])
def test_documents_have_a_picture_of_each_page(
    fresh: Fresh, installed: NewStore, merchant: Open, images: Path, name: str
) -> None:
    """`make images` takes them anew; the committed ones are as wide as a page is."""
    store = fresh("vapid") if name == "guide" else installed("vapid")
    if name == "activity":
        store.activity(store.send("orders/create", store.order(name="#1001")), "delivered")
    page = merchant(store).open("" if name in ("home", "guide") else name)
    if name == "activity":
        page.field("Order number, e-mail or event id").fill("#1001")
        page.press("Search")
        page.app.locator("article").first.wait_for()

    page.photograph(images / f"{name}.png")

    assert (images / f"{name}.png").stat().st_size > 10_000
    assert (IMAGES / f"{name}.png").is_file()
