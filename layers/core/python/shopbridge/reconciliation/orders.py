"""Compares orders with the receipts of what they have come through."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from shopbridge import times
from shopbridge.commands import Identity, RecordActivity
from shopbridge.historic_sync.streams import ORDER_EVENTS
from shopbridge.reconciliation.activities import Judged, judged, worst
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.seen import Seen, State
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.translate.order_nodes import activities, order_of

Node = Mapping[str, Any]

STEP: Final = "Order Updates"
"""Once for each state of an order: of those before the present one Shopify shows nothing."""
CLOCKS: Final = timedelta(seconds=5)
"""By which a webhook's trigger may seem to come before the change that it reports."""


def orders(desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting) -> Iterator[Seen]:
    """
    Say which orders are missing (something that happens once), and which have an older state.

    Shipments and refunds that nothing arrived of are counted, under names of their own: what
    they meant cannot be had from Shopify's order.
    """
    read = [(node, list(activities(order_of(node), desk.store.profile))) for node in nodes]
    told = [one for node, found in read for one in (*found, *_refunds(node, found[0].identity))]
    known: dict[str, list[Judged]] = {}
    for judgement in judged(desk, told, read_at, waits):
        known.setdefault(judgement.activity.resource, []).append(judgement)
    for node, found in read:
        at = times.parse(node["updatedAt"])
        yield _order(node, known.get(found[0].resource, ()), at)
        refunds = (one.resource for one in _refunds(node, found[0].identity))
        lost = [name for name in refunds if _is_missing(known.get(name, ()))]
        yield from (Seen(name, "unrecoverable", at) for name in (*lost, *_shipments(desk, node)))


def _order(node: Node, judgements: Sequence[Judged], at: datetime) -> Seen:
    states = [_state(one) for one in judgements]
    missing = [one.activity for one in judgements if one.state == "missing"]
    repair = {ORDER_EVENTS.index(one.name): one for one in missing}
    return Seen(plain_id(node["id"]), worst(states), at, repair)


def _state(one: Judged) -> State:
    return "stale" if one.state == "missing" and one.activity.name == STEP else one.state


def _is_missing(judgements: Sequence[Judged]) -> bool:
    return any(one.state == "missing" for one in judgements)


def _refunds(node: Node, buyer: Identity) -> Iterator[RecordActivity]:
    """Name what was refunded, as far as receipts know it: without what was taken back."""
    for refund in node["refunds"]:
        yield RecordActivity(
            name="Order Refunded",
            resource=f"refund#{plain_id(refund['id'])}",
            identity=buyer,
            params={},
            occurred_at=times.parse(refund["createdAt"]),
        )


def _shipments(desk: Desk, node: Node) -> Iterator[str]:
    """Name the shipments of whose present state nothing arrived."""
    store = desk.store
    due = [
        (one, at)
        for one in node["shipments"]
        if (at := times.parse(one["updatedAt"])) >= store.installed_at
        and store.profile.is_on("Fulfillment Update", at)
    ]
    if not due:
        return
    about = desk.ledger.about(store.name, f"order#{plain_id(node['id'])}")
    came = [
        (str(one.delivery.get("title", "")), one.time("triggered_at"))
        for one in about
        if one.topic.startswith("fulfillments/")
    ]
    for one, at in due:
        if not any(name == one["name"] and when and when >= at - CLOCKS for name, when in came):
            yield f"fulfillment#{plain_id(one['id'])}"
