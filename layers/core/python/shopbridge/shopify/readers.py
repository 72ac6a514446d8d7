"""Reads the current state of customers and orders, as many at once as Shopify allows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from shopbridge.commands import Identity
from shopbridge.errors import AdminRejected, AdminTooCostly, AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import BoughtOrder, Customer
from shopbridge.shopify.verdict import DENIED, Answer

AT_ONCE = 100
"""Ids in one query to begin with; fewer where Shopify finds that too costly."""

LONGEST_ID = 19
"""Digits of the largest id that Shopify can give (64 bits)."""


class Asks(Protocol):
    """A store's Admin API."""

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Execute `document`."""


@dataclass(frozen=True, slots=True)
class Read:
    """Customers as they were read."""

    customers: dict[str, Customer | None]
    """By id; None where Shopify has no such customer, absent where reading failed for it."""
    denied: tuple[str, ...] = ()
    """Fields that Shopify keeps from us: they look empty, but nothing is known of them."""


class Reader:
    """Reads from one store."""

    def __init__(self, gateway: Asks, at_once: int = AT_ONCE) -> None:
        self._gateway = gateway
        self._at_once = at_once

    def customers(self, ids: Iterable[str]) -> Read:
        """
        Read the customers `ids`; repeats are read once.

        Raises:
            AdminUnavailable: nothing could be read now.
            AdminRejected: Shopify refuses the app or the store.
        """
        found: dict[str, Customer | None] = {}
        denied: set[str] = set()
        for part, answer in self._parts("customers", "Customer", ids, found):
            denied.update(answer.denied)
            for one, node in _readable(part, answer):
                found[one] = None if node is None else Customer.model_validate(node)
        return Read(found, tuple(sorted(denied)))

    def buyers(self, order_ids: Iterable[str]) -> dict[str, Identity | None]:
        """
        Find out whose the orders are; None for an order that Shopify no longer shows.

        Raises:
            AdminUnavailable: not all could be read now.
            AdminRejected: Shopify refuses the app or the store.
        """
        found: dict[str, Identity | None] = {}
        for part, answer in self._parts("buyers", "Order", order_ids, found):
            for one, node in _readable(part, answer):
                found[one] = None if node is None else _identity(BoughtOrder.model_validate(node))
            if not found.keys() >= set(part):
                raise AdminUnavailable("some orders could not be read")
        return found

    def _parts(
        self,
        document: str,
        kind: Literal["Customer", "Order"],
        ids: Iterable[str],
        found: dict[str, Any],
    ) -> Iterator[tuple[Sequence[str], Answer]]:
        """Ask for `ids`, halving what is too costly; impossible ids are noted as not there."""
        wanted = list(dict.fromkeys(ids))
        found |= {one: None for one in wanted if not _is_possible(one)}
        wanted = [one for one in wanted if one not in found]
        while wanted:
            part = wanted[: self._at_once]
            variables = {"ids": [f"gid://shopify/{kind}/{one}" for one in part]}
            try:
                answer = self._gateway.ask(load(document), variables)
            except AdminTooCostly:
                if len(part) == 1:
                    raise
                self._at_once = len(part) // 2
                continue
            yield part, answer
            wanted = wanted[len(part) :]


def _is_possible(id_: str) -> bool:
    """Whether Shopify can know `id_`; it refuses a whole query for one that it cannot."""
    return id_.isascii() and id_.isdecimal() and len(id_) <= LONGEST_ID


def _readable(ids: Collection[str], answer: Answer) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Pair ids with nodes; those with a hole that is not a missing permission are left out."""
    nodes = answer.data.get("nodes")
    if not isinstance(nodes, list) or len(nodes) != len(ids):
        raise AdminUnavailable("an answer without the nodes that were asked for")
    denied_first = sorted(answer.problems, key=lambda problem: problem.code != DENIED)
    holes = {p.path[1]: p for p in denied_first if p.path[:1] == ("nodes",) and p.path[1:]}
    for position, (one, node) in enumerate(zip(ids, nodes, strict=True)):
        hole = holes.get(position)
        if node is None and hole and hole.code == DENIED:
            raise AdminRejected(f"Shopify denies access to {hole.field}")
        if hole is None or hole.code == DENIED:
            yield one, node


def _identity(order: BoughtOrder) -> Identity:
    """Collect every identifier, the customer's own before the order's, as webhooks do."""
    buyer = order.customer
    return Identity(
        customer_id=buyer.id if buyer else None,
        email=(buyer and buyer.email) or order.email,
        phone=(buyer and buyer.phone) or order.phone,
    )
