"""A visit to a headless storefront: six events to `/collect`, then Shopify says who it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from local.demo.holding import Activities, of_customer
from local.demo.installation import STOREFRONT
from local.demo.shop import Shop, body, number
from local.storefront.checkout import checkout_started
from local.storefront.in_node import Answer, Call, Headless

TOLD = (
    "Page Browse",
    "Product Search",
    "Product View",
    "Add To Cart",
    "Remove From Cart",
    "Checkout",
)
"""The six as Netcore names them, in the order of the visit."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of the visit at our door, and who it turned out to be."""

    answers: tuple[Answer, ...]
    webhooks: int
    buyer: str
    """Number of the customer, by which Netcore knows them."""

    @property
    def deliveries(self) -> int:
        """Rows in the ledger: each event as it came and as it was told, and the webhooks."""
        return 2 * len(self.answers) + self.webhooks

    def told(self, activities: Activities) -> list[str]:
        """Name what Netcore was told of the visit's buyer that comes from websites."""
        names = [one["activity_name"] for one in of_customer(activities, self.buyer)]
        return [name for name in names if name in TOLD]

    def findings(self, activities: Activities) -> Iterator[str]:
        """Say what was not taken, or not told to Netcore under the buyer's number, once."""
        taken = [one.name for one in self.answers if one.status == HTTPStatus.ACCEPTED]
        if len(taken) != len(TOLD):
            yield f"of the website's six events these were taken: {', '.join(taken) or 'none'}"
        names = self.told(activities)
        missing = [name for name in TOLD if names.count(name) != 1]
        if missing:
            yield f"of the visit Netcore was not told once: {', '.join(missing)}"


def visit(shop: Shop) -> Visit:
    """
    Browse as somebody unknown and begin a checkout; its webhook then names the buyer.

    The snippet of `docs/website-tracking.md` and the built pixel tell the six events, the
    pixel with the settings that the app has written into Shopify.
    """
    customer, registered = shop.register()
    begun = shop.happen("start_checkout", customer=customer, presentment="USD")
    checkout = body(begun[0])
    (pixel,) = shop.see("pixels")
    storefront = Headless(shop.name, STOREFRONT, f"{shop.running.api_url}/collect")
    started = checkout_started(_cart(checkout), checkout["token"])
    answers = storefront.visit(_calls(checkout), pixel["settings"], [started])
    webhooks = shop.deliver([*registered, *begun])
    return Visit(answers, webhooks, number(customer))


def _calls(checkout: Mapping[str, Any]) -> list[Call]:
    """Write what the storefront's own pages tell, in the order of a visit."""
    (line, *_), cart = checkout["line_items"], {"cart": checkout["cart_token"]}
    product = {
        "prid": line["product_id"],
        "name": line["title"],
        "price": float(line["price"]),
        "currency": checkout["currency"],
        "brand": line["vendor"],
        "produrl": f"{STOREFRONT}{_path(line)}",
    }
    more = {**product, "variant": line["variant_title"]}
    return [
        ("Page Browse", {"pageurl": f"{STOREFRONT}/", "pagetitle": "Home"}, {}),
        ("Product Search", {"keyword": line["title"], "items": [line["product_id"]]}, {}),
        ("Page View", product, {}),
        ("Add to Cart", {**more, "prqt": line["quantity"] + 1}, cart),
        ("Remove from Cart", {**more, "prqt": 1}, cart),
    ]


def _cart(checkout: Mapping[str, Any]) -> dict[str, Any]:
    """Write the checkout's lines as `/cart.js` would."""
    lines = checkout["line_items"]
    return {
        "currency": checkout["currency"],
        "total_price": _hundredths(checkout["subtotal_price"]),
        "items": [
            {
                "product_id": line["product_id"],
                "variant_id": line["variant_id"],
                "quantity": line["quantity"],
                "price": _hundredths(line["price"]),
                "product_title": line["title"],
                "product_type": "",
                "variant_title": line["variant_title"],
                "vendor": line["vendor"],
                "image": "",
                "url": _path(line),
            }
            for line in lines
        ],
    }


def _path(line: Mapping[str, Any]) -> str:
    return f"/products/{line['product_id']}"


def _hundredths(amount: str) -> int:
    return round(float(amount) * 100)
