"""A store that has been open for a while: goods, customers, consents and orders of the past."""

from datetime import datetime, timedelta

from local.store.life import happen
from local.store.life.goods import create_product
from local.store.world import SHOP, World

_OPENED = timedelta(days=120)
_HAPPENINGS = 4
"""That the past holds of each customer, on average at most."""
SCOPES = (
    "write_customers",
    "read_customers",
    "read_orders",
    "read_fulfillments",
    "read_products",
    "read_inventory",
    "read_locations",
    "read_customer_events",
    "write_pixels",
)


def new_world(  # noqa: PLR0913 - what a store can differ in
    shop: str = SHOP,
    *,
    seed: int = 1,
    start: datetime | None = None,
    currency: str = "USD",
    customers: int = 12,
    products: int = 6,
) -> World:
    """
    Make a store with a past, as of `start` (now, if not given).

    A third of its customers are subscribed, a third unsubscribed, a third was never asked;
    every second has bought something. Everything is made up again the same from `seed`.
    """
    world = World(shop, seed=seed, start=start, currency=currency)
    opened, world.now = world.now, world.now - _OPENED
    _found(world)
    for _ in range(products):
        create_product(world)
    step = _OPENED / (_HAPPENINGS * customers + 1)
    for number in range(customers):
        _customer(world, number, step)
    world.states()
    world.now = opened
    return world


def _found(world: World) -> None:
    owner = world.people.someone()
    world.add(
        "Shop",
        name="Vapid Store",
        email=owner.email,
        contactEmail=owner.email,
        shopOwnerName=f"{owner.first_name} {owner.last_name}",
        myshopifyDomain=world.shop,
        currencyCode=world.currency,
        enabledPresentmentCurrencies=["EUR", "JPY", world.currency],
        ianaTimezone="Asia/Kolkata",
        timezoneAbbreviation="IST",
        timezoneOffset="+0530",
        timezoneOffsetMinutes=330,
        taxesIncluded=False,
        url=f"https://{world.shop}",
        primaryDomain={
            "id": "gid://shopify/Domain/1",
            "host": world.shop,
            "url": f"https://{world.shop}",
            "sslEnabled": True,
        },
        plan={"publicDisplayName": "Advanced", "partnerDevelopment": False, "shopifyPlus": False},
    )
    for name in ("Warehouse", "High Street"):
        address = {"city": "Mumbai", "countryCode": "IN"}
        world.add("Location", name=name, isActive=True, fulfillsOnlineOrders=True, address=address)
    _install(world)


def _install(world: World) -> None:
    app = {
        "__typename": "App",
        "id": "gid://shopify/App/4611",
        "handle": "shopbridge",
        "apiKey": "local-client-id",
        "title": "Shopbridge",
        "embedded": True,
        "requestedAccessScopes": [{"handle": each, "description": each} for each in SCOPES],
    }
    world.add(
        "AppInstallation",
        app=app,
        launchUrl=f"https://{world.shop}/admin/apps/shopbridge",
    )


def _customer(world: World, number: int, step: timedelta) -> None:
    made = happen(world, "register", step=step, subscribes=number % 3 == 0)
    gid = made.changes[0].resource
    if number % 3 == 1:
        happen(world, "admin_consent", gid, step=step, state="UNSUBSCRIBED")
    if number % 2 == 0:
        begun = happen(world, "start_checkout", step=step, customer=gid)
        bought = happen(world, "purchase", begun.changes[0].resource, step=step)
        order = next(each.resource for each in bought.changes if each.topic == "orders/create")
        happen(world, "fulfil", order, step=step)
