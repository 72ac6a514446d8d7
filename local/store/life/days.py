"""A day in a store's life: first one of everything, then whatever comes."""

from collections.abc import Iterator
from typing import Any

from local.store.life import Happening, happen
from local.store.world import World

_WEIGHTS = {
    "register": 8,
    "update_profile": 5,
    "add_tag": 6,
    "remove_tag": 3,
    "newsletter_signup": 6,
    "unsubscribe_in_mail": 5,
    "admin_consent": 4,
    "sms_change": 3,
    "start_checkout": 14,
    "name_buyer": 8,
    "change_basket": 4,
    "purchase": 14,
    "sell_at_till": 2,
    "note": 4,
    "edit": 3,
    "refund": 4,
    "cancel": 3,
    "fulfil": 10,
    "track": 10,
    "create_product": 1,
    "update_product": 2,
    "restock": 3,
    "update_shop": 1,
}
"""How often what happens in an ordinary hour; deletions are rare enough to leave to `opening`."""


def day(world: World) -> Iterator[Happening]:
    """Endless life, lazily: every topic within its first seventy happenings, then at random."""
    yield from opening(world)
    names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
    while True:
        (name,) = world.random.choices(names, weights)
        yield happen(world, name, **_how(world, name))


def opening(world: World) -> Iterator[Happening]:
    """One of everything, so that even a short stream shows each topic and consent source."""
    yield from _bought_and_shipped(world)
    yield from _consents(world)
    yield from _bought_and_regretted(world)
    yield from _goods(world)
    yield happen(world, "sell_at_till")
    yield happen(world, "sell_at_till", email=world.people.someone().email)
    known = happen(world, "register", contact="nothing")
    yield known
    yield happen(world, "delete_customer", known.changes[0].resource)


def _bought_and_shipped(world: World) -> Iterator[Happening]:
    begun = happen(world, "start_checkout", presentment="JPY", least=2)
    yield begun
    buyer = happen(world, "register")
    yield buyer
    checkout, customer = begun.changes[0].resource, buyer.changes[0].resource
    yield happen(world, "name_buyer", checkout, customer=customer)
    bought = happen(world, "purchase", checkout, subscribes=True)
    yield bought
    order = _order_of(bought)
    yield happen(world, "note", order)
    yield happen(world, "fulfil", order, partly=True)
    yield happen(world, "track", order)
    yield happen(world, "fulfil", order)
    yield happen(world, "track", order)


def _consents(world: World) -> Iterator[Happening]:
    made = happen(world, "register", subscribes=True)
    yield made
    gid = made.changes[0].resource
    yield happen(world, "unsubscribe_in_mail", gid)
    yield happen(world, "newsletter_signup", gid)
    yield happen(world, "admin_consent", gid, state="UNSUBSCRIBED")
    yield happen(world, "sms_change", gid, state="UNSUBSCRIBED")
    yield happen(world, "add_tag", gid, tag="vip")
    yield happen(world, "remove_tag", gid, tag="vip")
    yield happen(world, "update_profile", gid)


def _bought_and_regretted(world: World) -> Iterator[Happening]:
    for guest, regret in (("phone", "edit"), ("email", "refund"), ("both", "cancel")):
        begun = happen(world, "start_checkout")
        yield begun
        bought = happen(world, "purchase", begun.changes[0].resource, guest=guest)
        yield bought
        yield happen(world, regret, _order_of(bought))


def _goods(world: World) -> Iterator[Happening]:
    made = happen(world, "create_product")
    yield made
    yield happen(world, "restock")
    yield happen(world, "update_product", made.changes[0].resource)
    yield happen(world, "delete_product", made.changes[0].resource)
    yield happen(world, "update_shop")


def _order_of(bought: Happening) -> str:
    return next(each.resource for each in bought.changes if each.topic == "orders/create")


def _how(world: World, name: str) -> dict[str, Any]:
    if name == "register":
        contact = world.random.choice(("both", "both", "both", "email", "phone"))
        return {"contact": contact, "subscribes": world.random.random() < 0.4}  # noqa: PLR2004 - share
    if name == "purchase":
        return {"subscribes": world.random.random() < 0.4}  # noqa: PLR2004 - share
    if name == "fulfil":
        return {"partly": world.random.random() < 0.3}  # noqa: PLR2004 - share
    return {}
