"""What can happen in a store, by name. Each happening changes the world and makes webhooks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from local.store.life import checkouts, consents, customers, goods, orders, purchases, shipping
from local.store.resources import Change, Resource, States
from local.store.world import World

Act = Callable[..., list[Change]]

STEP_MS = (50, 350)
"""Between two happenings, in milliseconds: about five a second, as in a busy shop."""

_RECENT = 25
"""Things happen to what is new: to the last so many customers, orders and so on."""

EVENTS: dict[str, tuple[Act, str | None]] = {
    "register": (customers.register, None),
    "update_profile": (customers.update_profile, "Customer"),
    "add_tag": (customers.add_tag, "Customer"),
    "remove_tag": (customers.remove_tag, "Customer"),
    "delete_customer": (customers.delete, "Customer"),
    "newsletter_signup": (consents.newsletter_signup, "Customer"),
    "unsubscribe_in_mail": (consents.unsubscribe_in_mail, "Customer"),
    "admin_consent": (consents.admin_consent, "Customer"),
    "sms_change": (consents.sms_change, "Customer"),
    "start_checkout": (checkouts.start_checkout, None),
    "name_buyer": (checkouts.name_buyer, "AbandonedCheckout"),
    "change_basket": (checkouts.change_basket, "AbandonedCheckout"),
    "purchase": (purchases.purchase, "AbandonedCheckout"),
    "sell_at_till": (purchases.sell_at_till, None),
    "note": (orders.note, "Order"),
    "edit": (orders.edit, "Order"),
    "refund": (orders.refund, "Order"),
    "cancel": (orders.cancel, "Order"),
    "fulfil": (shipping.fulfil, "Order"),
    "track": (shipping.track, "Order"),
    "create_product": (goods.create_product, None),
    "update_product": (goods.update_product, "Product"),
    "delete_product": (goods.delete_product, "Product"),
    "restock": (goods.restock, "ProductVariant"),
    "leave_location": (goods.leave_location, "ProductVariant"),
    "update_shop": (goods.update_shop, None),
}
"""Act and the type of what it is done to; None where the act finds or makes that itself."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: the webhooks it makes and the fields it wrote."""

    event: str
    event_id: str
    triggered_at: str
    changes: tuple[Change, ...]
    states: States


def happen(
    world: World,
    event: str,
    target: str | None = None,
    *,
    step: timedelta | None = None,
    **how: Any,
) -> Happening:
    """
    Let `event` happen a moment after the last one, to the resource `target` (a gid).

    Without `target` it happens to any resource of the fitting type. `how` goes to the act;
    a customer in it may be given as a gid. Without anything fitting, nothing changes.
    """
    act, kind = EVENTS[event]
    world.now += step or timedelta(milliseconds=world.random.randint(*STEP_MS))
    if "customer" in how and isinstance(how["customer"], str):
        how["customer"] = world.get(how["customer"])
    changes = _act(world, act, kind, target, how)
    nanoseconds = world.random.randrange(1000)
    triggered_at = f"{world.now:%Y-%m-%dT%H:%M:%S.%f}{nanoseconds:03}Z"
    return Happening(event, world.uuid(), triggered_at, tuple(changes), world.states())


def _act(
    world: World, act: Act, kind: str | None, target: str | None, how: dict[str, Any]
) -> list[Change]:
    if kind is None:
        return act(world, **how)
    resource = world.get(target) if target else _any(world, kind)
    return act(world, resource, **how) if resource else []


def _any(world: World, kind: str) -> Resource | None:
    found = [each for each in world.all(kind) if not each.get("completedAt")]
    return world.random.choice(found[-_RECENT:]) if found else None
