"""Finds out whose activities are, and writes them in Netcore's form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import msgspec

from shopbridge import reasons
from shopbridge.activities.parcel import Parcel
from shopbridge.commands import Identity, RecordActivity
from shopbridge.errors import AdminUnavailable, Rejected
from shopbridge.netcore.activities import wire
from shopbridge.netcore.identity import on_the_wire
from shopbridge.receipts.effects import effect_of
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Later, Result

Buyers = Callable[[Store, Sequence[str]], Mapping[str, Identity | None]]
"""Asks Shopify whose orders are; None for an order that it no longer shows."""

Stopped = Callable[[Sequence[Item[RecordActivity]]], Sequence[bool]]
"""Says of which activities the person was to be forgotten."""


class Addressing:
    """Activities of one store; bodies that name an order only are completed in one query."""

    def __init__(
        self,
        store: Store,
        buyers: Buyers,
        stopped: Stopped,
        items: Sequence[Item[RecordActivity]],
    ) -> None:
        self._store = store
        self._buyers: Mapping[str, Identity | None] = {}
        self._stuck: Result | None = None
        unknown = [item for item in items if self._unknown(item)]
        orders = sorted({order for item in unknown if (order := self._unknown(item))})
        try:
            self._buyers = buyers(store, orders) if orders else {}
        except AdminUnavailable as exc:
            self._stuck = Later(str(exc), exc.retry_after)
        except Rejected as exc:
            self._stuck = Ended("parked", str(exc))
        # Who was to be forgotten may have been hidden behind an order until now.
        found = stopped([self._completed(item) for item in unknown]) if unknown else []
        self._stopped = {id(one) for one, stop in zip(unknown, found, strict=True) if stop}

    def parcel(self, item: Item[RecordActivity]) -> Parcel | Result:
        """Address one activity; those of nobody end here."""
        if self._stuck and self._unknown(item):
            return self._stuck
        if id(item) in self._stopped:
            return Ended("superseded", reasons.ERASED)
        who = on_the_wire(self._completed(item).command.identity, self._store)
        effect = effect_of(item.command, self._store.settings.netcore.website_id)
        if who is None:
            return Ended("unidentified", reasons.NOBODY, effect)
        return Parcel(item, effect, wire(item.command, who, self._store))

    def _completed(self, item: Item[RecordActivity]) -> Item[RecordActivity]:
        """Fill in what Shopify knows of the buyer."""
        order = self._unknown(item)
        buyer = self._buyers.get(order) if order else None
        if buyer is None:
            return item
        identity = _completed(item.command.identity, buyer)
        return replace(item, command=msgspec.structs.replace(item.command, identity=identity))

    def _unknown(self, item: Item[RecordActivity]) -> str | None:
        """Return the order whose buyer has to be asked for."""
        identity = item.command.identity
        return None if on_the_wire(identity, self._store) else identity.order_id


def _completed(identity: Identity, buyer: Identity) -> Identity:
    return msgspec.structs.replace(
        identity,
        customer_id=identity.customer_id or buyer.customer_id,
        email=identity.email or buyer.email,
        phone=identity.phone or buyer.phone,
    )
