"""Finds in Shopify what belongs to an e-mail address: the customer, and the newest orders."""

from typing import Final

from shopbridge.errors import AdminRejected
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Model, PlainId
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import Answer

EMAIL: Final = r"^[^@\s\"'\\\x00-\x1f\x7f]+@[^@\s\"'\\\x00-\x1f\x7f]+$"
"""Addresses that can be quoted in Shopify's search; what could end the quotation is refused."""
NEWEST_ORDERS: Final = 20


class Node(Model):
    """A customer or an order."""

    id: PlainId


class Orders(Model):
    """The newest orders that were asked for."""

    nodes: tuple[Node, ...]


def of_email(gateway: Asks, email: str) -> list[str]:
    """
    Name what belongs to `email` (of the form `EMAIL`) as the ledger does: `order#450789469`.

    Orders are those placed with the address, a guest's too, and those of its customer.

    Raises:
        AdminUnavailable: Shopify cannot say now.
        AdminRejected: Shopify refuses the app or the store, or keeps these fields from us.
    """
    asked = {"identifier": {"emailAddress": email}}
    node = _seen(gateway.ask(load("customer_of_email"), asked)).get("customerByIdentifier")
    customer = Node.model_validate(node).id if node else None
    query = f'email:"{email}"' + (f" OR customer_id:{customer}" if customer else "")
    found = _seen(gateway.ask(load("orders_of_buyer"), {"query": query, "first": NEWEST_ORDERS}))
    orders = Orders.model_validate(found["orders"]).nodes
    return [*([f"customer#{customer}"] if customer else ()), *(f"order#{one.id}" for one in orders)]


def _seen(answer: Answer) -> dict[str, object]:
    """Return the data, unless a part was kept from us: it would look like nobody."""
    if answer.problems:
        raise AdminRejected(f"Shopify answers in part: {answer.problems[0].code}")
    return dict(answer.data)
