"""The documents' snippet and the built pixel run in Node, and `/collect` takes what they send."""

from local.storefront.checkout import checkout_started
from local.storefront.in_node import Answer, Call, Headless
from local.storefront.serving import served
from local.storefront.site import STORE, Site
from shopbridge.stores.settings import Settings, WebsiteTracking

ORIGIN = "https://shop.example.com"
ENDPOINT = "http://only-browsers-know.localhost/collect"
CALLS: list[Call] = [
    ("Page Browse", {"pageurl": f"{ORIGIN}/", "pagetitle": "Home"}, {}),
    ("Add to Cart", {"prid": 7001, "prqt": 1}, {"cart": "cart-token-0001"}),
]
CART = {"currency": "USD", "total_price": 0, "items": []}


def site(*origins: str) -> Site:
    """A storefront whose store knows these origins."""
    tracking = WebsiteTracking.model_construct(events={}, origins=origins)
    return Site(settings=Settings.model_construct(website_tracking=tracking))


def test_both_send_what_the_door_takes() -> None:
    """In the visit's order: the page from its origin, under one visitor; the pixel by its key."""
    shop = site(ORIGIN)
    events = [checkout_started({**CART, "items": [LINE], "total_price": 1250}, "checkout-0001")]

    with served(shop) as url:
        storefront = Headless(STORE, ORIGIN, f"{url}/collect")
        answers = storefront.visit(CALLS, shop.pixel(ENDPOINT), events)

    assert answers == (
        Answer("Page Browse", 202),
        Answer("Add to Cart", 202),
        Answer("Checkout", 202),
    )
    origins = [one["origin"] for one in shop.collected]
    browse, added, checkout = (one["event"] for one in shop.collected)
    assert origins == [ORIGIN, ORIGIN, "null"]
    assert browse["visitor"] == added["visitor"] != checkout["visitor"]
    assert added["cart_token"] == "cart-token-0001"
    assert checkout["checkout_token"] == "checkout-0001"
    assert checkout["params"]["items"][0]["produrl"] == f"{ORIGIN}/products/mug"


def test_a_refusal_is_told_as_it_was_answered() -> None:
    """A page of another origin is not the store's."""
    shop = site("https://another.example.com")

    with served(shop) as url:
        storefront = Headless(STORE, ORIGIN, f"{url}/collect")
        answers = storefront.visit(CALLS[:1], shop.pixel(ENDPOINT), [])

    assert answers == (Answer("Page Browse", 403),)


def test_the_pixel_keeps_to_its_settings() -> None:
    """Where the event is switched off, nothing is sent."""
    shop = site(ORIGIN)

    with served(shop) as url:
        storefront = Headless(STORE, ORIGIN, f"{url}/collect")
        settings = {**shop.pixel(ENDPOINT), "events": "-"}
        answers = storefront.visit([], settings, [checkout_started(CART, "checkout-0001")])

    assert answers == ()


LINE = {
    "product_id": 7001,
    "variant_id": 8001,
    "quantity": 1,
    "price": 1250,
    "product_title": "Mug",
    "product_type": "Kitchen",
    "variant_title": "Blue",
    "vendor": "Vapid",
    "image": "//cdn.example.com/mug.png",
    "url": "/products/mug?variant=8001",
}
