"""The built web pixel in its sandbox, and the running system's `/collect` that it tells."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from local.storefront.build import build
from local.storefront.serving import served
from local.storefront.site import Site
from tests.browser.conftest import Open
from tests.browser.merchant import Merchant
from tests.browser.visiting import Visitor
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until
from tests.unit.translate.given import payload

pytestmark = pytest.mark.e2e

BUYER = {"id": 7001, "email": "ada@example.com", "phone": None}
TOKEN = "checkout-of-cart-token-0001"

Enter = Callable[[LiveStore], "AtCheckout"]


@dataclass
class AtCheckout:
    """A visitor with a mug in the cart, at the checkout, and how their pixel was answered."""

    visitor: Visitor
    page: Page
    settings: Mapping[str, str]
    answers: list[int] = field(default_factory=list)
    """How calls to the endpoint that Shopify gave the pixel were answered, as far as the browser
    tells of a worker's calls."""

    def heard(self, response: Response) -> None:
        """Note an answer of `/collect`."""
        if response.url == self.settings["endpoint"]:
            self.answers.append(response.status)

    def enter(self) -> None:
        """Open the checkout, for the first time or again."""
        self.visitor.open("/checkout", self.page)


@pytest.fixture
def at_checkout(browser: Browser) -> Iterator[Enter]:
    """Brings a visitor, who allows all, to the checkout of a store that has a pixel."""
    build()
    with ExitStack() as opened:

        def entered(store: LiveStore) -> AtCheckout:
            settings = until(lambda: pixel(store), "a pixel in Shopify")
            site = Site(name=store.name, held=settings)
            url = opened.enter_context(served(site))
            context = browser.new_context()
            opened.callback(context.close)
            visitor = Visitor(site, url, context)
            visitor.consent()
            there = AtCheckout(visitor, visitor.open("/products/mug"), settings)
            context.on("response", there.heard)
            there.page.evaluate("cart.add(8001, 2)")
            there.enter()
            return there

        yield entered


def pixel(store: LiveStore) -> Mapping[str, str] | None:
    """Return the pixel's settings as Shopify holds them; None before there are any."""
    found = store.shop.see("pixels")
    return found[0]["settings"] if found else None


def switch_off(event: str, page: Merchant) -> None:
    """Switch an event off and save, which is when Shopify is told of the pixel."""
    page.open("to-shopify")
    page.field(event).uncheck()
    page.save()
    page.told("Saved")


def begun(**changes: Any) -> dict[str, Any]:
    """Write Shopify's webhook of that checkout."""
    now = datetime.now(UTC).isoformat()
    times = {"created_at": now, "updated_at": now}
    tokens = {"token": TOKEN, "cart_token": "cart-token-0001"}
    return payload("checkouts/update", **{"customer": BUYER, **tokens, **times, **changes})


def arrivals(store: LiveStore) -> int:
    """Count how often the running system was told of the checkout by a website."""
    found = store.deployment.ledger.about(store.name, f"checkout#{TOKEN}")
    rows = (one.delivery for one in found if one.topic == "website/checkout")
    return sum(int(row["arrivals"]) for row in rows)


def told(store: LiveStore, netcore: Netcore) -> list[dict[str, Any]]:
    """Return what Netcore has of the store's checkouts as its website told them."""
    return [one for one in netcore.activities(store.handle) if one["activity_name"] == "Checkout"]


def test_a_checkout_that_the_pixel_sees_reaches_netcore_under_its_buyer(
    installed: NewStore, merchant: Open, at_checkout: Enter, netcore: Netcore
) -> None:
    """The merchant saves, the pixel learns where to, tells twice, and is told of once."""
    store = installed("pixel")
    switch_off("Page Browse", merchant(store))

    there = at_checkout(store)
    there.visitor.until(lambda: arrivals(store) == 1)
    there.enter()
    there.visitor.until(lambda: arrivals(store) == 2)
    store.idle()
    unnamed = told(store, netcore)
    store.ended(store.send("checkouts/update", begun()))
    until(lambda: told(store, netcore), "the checkout at Netcore")
    store.idle()

    assert set(there.answers) == {202}
    assert unnamed == []
    (checkout,) = told(store, netcore)
    assert checkout["identity"] == "7001"
    params = checkout["activity_params"]
    assert (params["itemcount"], params["total_price"], params["currency"]) == (2, 25.0, "INR")
    assert [(one["prid"], one["name"], one["prqt"]) for one in params["items"]] == [
        (7001, "Mug", 2)
    ]


def test_an_order_names_whom_no_checkout_named(
    installed: NewStore, merchant: Open, at_checkout: Enter, netcore: Netcore
) -> None:
    """As where somebody pays by a wallet: the order's token is the checkout's."""
    store = installed("wallet")
    switch_off("Page Browse", merchant(store))
    there = at_checkout(store)
    there.visitor.until(lambda: arrivals(store) == 1)

    order = store.order(checkout_token=TOKEN, customer={"id": 7001})
    store.ended(store.send("orders/create", order))
    until(lambda: told(store, netcore), "the checkout at Netcore")

    assert [one["identity"] for one in told(store, netcore)] == ["7001"]


def test_a_checkout_that_is_switched_off_is_not_even_sent(
    installed: NewStore, merchant: Open, at_checkout: Enter, netcore: Netcore
) -> None:
    """What the merchant saves on the page reaches the pixel through Shopify."""
    store = installed("quiet")
    switch_off("Checkout", merchant(store))

    there = at_checkout(store)
    there.visitor.settle()
    store.ended(store.send("checkouts/update", begun()))
    store.idle()

    assert there.settings["events"] == "-"
    assert (there.answers, arrivals(store)) == ([], 0)
    assert told(store, netcore) == []
