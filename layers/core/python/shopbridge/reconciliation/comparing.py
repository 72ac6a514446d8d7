"""Compares what changed in Shopify with what we hold of it; a stream's kind in each function."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from shopbridge import times
from shopbridge.commands import RefreshContact, RefreshProduct, SendContact, kind
from shopbridge.contacts.difference import difference
from shopbridge.historic_sync.run import Stream
from shopbridge.message import Head
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.seen import Seen, State
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.people import Customer
from shopbridge.stores.profile import CATALOGUE
from shopbridge.work import Item

Node = Mapping[str, Any]
Compare = Callable[[Desk, Sequence[Node], datetime, Waiting], Iterator[Seen]]

CONTACT = (RefreshContact.__name__, SendContact.__name__)
"""Kinds of command that bring a contact up to date."""


def customers(
    desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting
) -> Iterator[Seen]:
    """Compare customers with the digests of what Netcore was sent, and with their consent."""
    read = [Customer.model_validate(node) for node in nodes]
    rows = desk.contacts.get(one.id for one in read)
    erased = _erased(desk, [one.id for one in read], read_at)
    for one in read:
        state: State = difference(desk.store, rows[one.id], one, read_at)
        if one.id in erased:
            state = "erased"
        elif state not in ("same", "unidentified") and waits & {(k, one.id) for k in CONTACT}:
            state = "parked"
        yield Seen(one.id, state, one.updated_at, (RefreshContact(one.id),))


def products(
    desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting
) -> Iterator[Seen]:
    """Compare products with when the catalogue read them last."""
    del read_at
    changed = {plain_id(node["id"]): times.parse(node["updatedAt"]) for node in nodes}
    versions = desk.catalogue.versions(changed)
    for product, at in changed.items():
        command = RefreshProduct(product_id=product)
        state: State = "missing" if product not in versions else "same"
        if product in versions and versions[product] < times.text(at):
            state = "stale"
        if state != "same" and not desk.store.profile.is_on(CATALOGUE, at):
            state = "disabled"
        elif state != "same" and (kind(command), product) in waits:
            state = "parked"
        yield Seen(product, state, at, (command,))


def _erased(desk: Desk, ids: Sequence[str], at: datetime) -> set[str]:
    """Return who of `ids` was to be forgotten: the workers would stop them."""
    head = Head(
        store=desk.store.name,
        topic="reconciliation/customers",
        event_id="",
        digest="",
        triggered_at=at,
        received_at=at,
    )
    items = [Item(head, 0, RefreshContact(one), "", 1) for one in ids]
    stopped = desk.erased.stopped(items)
    return {one for one, stop in zip(ids, stopped, strict=True) if stop}


COMPARE: Mapping[Stream, Compare] = {
    "customers": customers,
    "products": products,
}
