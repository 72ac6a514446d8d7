"""What refunds mean to Netcore."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from shopbridge.commands import Identity, RecordActivity
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.order import LineItem
from shopbridge.shopify.payloads.refund import Refund
from shopbridge.stores.profile import Profile
from shopbridge.translate.amounts import currency, exact
from shopbridge.translate.items import items
from shopbridge.translate.params import compact


def refunded(refund: Refund, store: Profile) -> RecordActivity:
    """
    `Order Refunded`, once per refund: the pieces taken back and the money that moved.

    All in the currency that the buyer paid in, whatever the store reports: the money
    that moved is in no other. The body names no buyer: Shopify is asked.
    """
    order_id = plain_id(refund.order_id)
    told = msgspec.structs.replace(store, presentment_money=True)
    lines = tuple(_lines(refund))
    return RecordActivity(
        name="Order Refunded",
        resource=f"refund#{plain_id(refund.id)}",
        identity=Identity(order_id=order_id),
        params=compact(
            orderid=order_id,
            refund_id=plain_id(refund.id),
            refund_amount=f"{_moved(refund):f}",
            currency=_currency(refund) or _priced(lines, told),
            store=store.handle,
            **items(lines, None, told),
        ),
        occurred_at=refund.created_at,
    )


def _lines(refund: Refund) -> Iterator[LineItem]:
    for line in refund.refund_line_items:
        if line.line_item:
            yield msgspec.structs.replace(line.line_item, quantity=line.quantity)


def _moved(refund: Refund) -> Decimal:
    """Sum what went back to the buyer; pending and failed tries did not."""
    return exact(
        sum(
            (
                exact(transaction.amount)
                for transaction in refund.transactions
                if transaction.amount is not None
                and (transaction.kind, transaction.status) == ("refund", "success")
            ),
            Decimal(0),
        )
    )


def _currency(refund: Refund) -> str | None:
    return next((money.currency for money in refund.transactions if money.currency), None)


def _priced(lines: tuple[LineItem, ...], store: Profile) -> str | None:
    """Name the currency of the first line, for bodies whose transactions name none."""
    return next((currency(None, line.price_set, store) for line in lines), None)
