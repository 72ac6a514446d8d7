"""Compares a page of what changed in Shopify with what we hold of it, stream by stream."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from shopbridge import times
from shopbridge.commands import Command, RefreshContact, RefreshProduct, SendContact, kind
from shopbridge.contacts.difference import difference
from shopbridge.historic_sync.run import Stream
from shopbridge.reconciliation.activities import judged
from shopbridge.reconciliation.checkouts import checkouts
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.orders import orders
from shopbridge.reconciliation.registrations import registration
from shopbridge.reconciliation.seen import Seen, State
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.people import Customer
from shopbridge.stores.profile import CATALOGUE

Node = Mapping[str, Any]
Compare = Callable[[Desk, Sequence[Node], datetime, Waiting], Iterator[Seen]]

CONTACT = (RefreshContact.__name__, SendContact.__name__)
"""Kinds of command that bring a contact up to date."""


def customers(
    desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting
) -> Iterator[Seen]:
    """Compare customers with the digests of what was sent, their consent, their registration."""
    read = [Customer.model_validate(node) for node in nodes]
    rows = desk.contacts.get(one.id for one in read)
    told = (registration(one, desk.store.profile) for one in read)
    registered = {one.activity.resource: one for one in judged(desk, told, read_at, waits)}
    for one in read:
        state: State = difference(desk.store, rows[one.id], one, read_at, desk.links)
        repair: dict[int, Command] = {}
        if state not in ("same", "unidentified"):
            repair[0] = RefreshContact(one.id)
        if state != "same" and waits & {(each, one.id) for each in CONTACT}:
            state = "parked"
        said = registered.get(f"customer#{one.id}")
        if said and said.state == "missing":
            repair[1] = said.activity
            state = "missing" if state == "same" else state
        elif said and said.state == "erased":
            state = "erased"
        yield Seen(one.id, state, one.updated_at, repair)


def products(
    desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting
) -> Iterator[Seen]:
    """Compare products with when the catalogue read them last."""
    del read_at
    changed = {plain_id(node["id"]): times.parse(node["updatedAt"]) for node in nodes}
    versions = desk.catalogue.versions(changed)
    for product, at in changed.items():
        command = RefreshProduct(product_id=product)
        version = versions.get(product, "")
        state: State = "missing" if not version else "same"
        if version and version < times.text(at):
            state = "stale"
        if state != "same" and not desk.store.profile.is_on(CATALOGUE, at):
            state = "disabled"
        elif state != "same" and (kind(command), product) in waits:
            state = "parked"
        yield Seen(product, state, at, {0: command})


COMPARE: Mapping[Stream, Compare] = {
    "customers": customers,
    "orders": orders,
    "products": products,
    "checkouts": checkouts,
}
