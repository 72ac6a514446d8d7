"""Compares orders with the receipts of what they have come through."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from shopbridge import times
from shopbridge.commands import Command, RecordActivity
from shopbridge.historic_sync.streams import ORDER_EVENTS
from shopbridge.reconciliation.activities import Judged, judged, worst
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.seen import Seen, State
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.translate.order_nodes import activities, order_of
from shopbridge.translate.orders import close_checkout

Node = Mapping[str, Any]

STEP: Final = "Order Updates"
"""Once for each state of an order: of those before the present one Shopify shows nothing."""
CLOSING: Final = len(ORDER_EVENTS)
"""Place of the command that ends the wait for a lost order's checkout, and for its buyer's."""
CLOCKS: Final = timedelta(seconds=5)
"""By which a webhook's trigger may seem to come before the change that it reports."""


def orders(desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting) -> Iterator[Seen]:
    """
    Say which orders are missing (something that happens once), and which have an older state.

    Shipments, refunds and checkouts that nothing arrived of are counted, under names of their
    own: what they meant cannot be had from Shopify's order.
    """
    read = [(node, list(activities(order_of(node), desk.store.profile))) for node in nodes]
    told = [one for node, found in read for one in (*found, *_beside(node, found[0]))]
    known: dict[str, list[Judged]] = {}
    for judgement in judged(desk, told, read_at, waits):
        known.setdefault(judgement.activity.resource, []).append(judgement)
    for node, found in read:
        at = times.parse(node["updatedAt"])
        yield _order(node, known.get(found[0].resource, ()), at)
        beside = (one.resource for one in _beside(node, found[0]))
        lost = [name for name in beside if _is_lost(desk, name, known.get(name, ()))]
        yield from (Seen(name, "unrecoverable", at) for name in (*lost, *_shipments(desk, node)))


def _order(node: Node, judgements: Sequence[Judged], at: datetime) -> Seen:
    states = [_state(one) for one in judgements]
    missing = [one.activity for one in judgements if one.state == "missing"]
    repair: dict[int, Command] = {ORDER_EVENTS.index(one.name): one for one in missing}
    for one in missing:
        if one.name == ORDER_EVENTS[0]:
            closed = close_checkout(order_of(node), one.identity)
            repair.update((CLOSING, command) for command in closed)
    return Seen(plain_id(node["id"]), worst(states), at, repair)


def _state(one: Judged) -> State:
    return "stale" if one.state == "missing" and one.activity.name == STEP else one.state


def _is_lost(desk: Desk, name: str, judgements: Sequence[Judged]) -> bool:
    """Whether something has no receipt; a checkout whose buyer came late never gets one."""
    if not any(one.state == "missing" for one in judgements):
        return False
    return not name.startswith("checkout#") or not desk.ledger.about(desk.store.name, name)


def _beside(node: Node, purchase: RecordActivity) -> Iterator[RecordActivity]:
    """Name what else the order tells of, as receipts know it: how it began, what was refunded."""
    told = {f"refund#{plain_id(one['id'])}": one["createdAt"] for one in node["refunds"]}
    for name, at in told.items():
        yield _named("Order Refunded", name, purchase, times.parse(at))
    if node["checkoutToken"]:
        began = f"checkout#{node['checkoutToken']}"
        yield _named("Checkout Started", began, purchase, purchase.occurred_at)


def _named(
    name: str, resource: str, purchase: RecordActivity, at: datetime | None
) -> RecordActivity:
    return RecordActivity(name, resource, purchase.identity, {}, at)


def _shipments(desk: Desk, node: Node) -> Iterator[str]:
    """Name the shipments of which the beginning, or the present state, never arrived."""
    due = [(name, each) for name, each in _told(node) if _is_due(desk, each.at)]
    if not due:
        return
    about = desk.ledger.about(desk.store.name, f"order#{plain_id(node['id'])}")
    came = [
        Told(one.topic, str(one.delivery.get("title", "")), at)
        for one in about
        if (at := one.time("triggered_at"))
    ]
    lost = [name for name, each in due if not any(each.is_told_by(one) for one in came)]
    yield from dict.fromkeys(lost)


class Told(NamedTuple):
    """A webhook about a shipment: which topic, what the shipment is called, and when."""

    topic: str
    title: str
    at: datetime

    def is_told_by(self, came: "Told") -> bool:
        """Whether a delivery that came tells this."""
        return came[:2] == self[:2] and came.at >= self.at - CLOCKS


def _told(node: Node) -> Iterator[tuple[str, Told]]:
    for one in node["shipments"]:
        name = f"fulfillment#{plain_id(one['id'])}"
        began, changed = times.parse(one["createdAt"]), times.parse(one["updatedAt"])
        yield name, Told("fulfillments/create", one["name"], began)
        if changed > began:
            yield name, Told("fulfillments/update", one["name"], changed)


def _is_due(desk: Desk, at: datetime) -> bool:
    store = desk.store
    return at >= times.second(store.installed_at) and store.profile.is_on("Fulfillment Update", at)
