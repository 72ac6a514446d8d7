"""What orders mean to Netcore: one function per event, its parameters in one place."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from shopbridge import times
from shopbridge.commands import (
    CloseCheckout,
    Identity,
    KnowVisitor,
    Params,
    RecordActivity,
    RefreshContact,
)
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.order import LineItem, Order
from shopbridge.shopify.payloads.order_edit import Change, OrderEdited
from shopbridge.stores.profile import Profile
from shopbridge.translate.amounts import amount, currency
from shopbridge.translate.identity import of_buyer
from shopbridge.translate.items import MOST, current, items
from shopbridge.translate.params import compact, listed, moment, version


def purchase(order: Order, store: Profile) -> RecordActivity:
    """`Product Purchase`, once per order, at the time of the order."""
    params = parameters(order, order.line_items, store)
    return _activity("Product Purchase", order, params, order.created_at)


def fulfilled(order: Order, store: Profile) -> RecordActivity:
    """`Order Fulfilled`, once per order, when its last shipment was made."""
    params = parameters(order, current(order.line_items), store)
    shipped = (times.utc(part.created_at) for part in order.fulfillments if part.created_at)
    return _activity("Order Fulfilled", order, params, max(shipped, default=order.updated_at))


def cancelled(order: Order, store: Profile) -> RecordActivity:
    """`Order Cancelled`, once per order, with all that had been ordered."""
    params = parameters(order, order.line_items, store) | compact(
        cancel_reason=order.cancel_reason,
        cancelled_at=moment(order.cancelled_at),
    )
    return _activity("Order Cancelled", order, params, order.cancelled_at or order.updated_at)


def updated(order: Order, store: Profile) -> RecordActivity:
    """`Order Updates`, once per state of the order, with what is in it now."""
    params = parameters(order, current(order.line_items), store) | compact(
        current_total_price=amount(order.current_total_price, order.current_total_price_set, store),
    )
    at = order.updated_at
    return _activity("Order Updates", order, params, at, version=version(at, params))


def edited(body: OrderEdited, store: Profile) -> RecordActivity:
    """`Order Updates` for an edit: what it added and removed; Shopify is asked who bought."""
    edit = body.order_edit
    order_id = plain_id(edit.order_id)
    params = compact(
        orderid=order_id,
        change="edited",
        edit_id=plain_id(edit.id),
        additions=_changes(edit.line_items.additions),
        removals=_changes(edit.line_items.removals),
        store=store.handle,
    )
    at = edit.committed_at or edit.created_at
    return RecordActivity(
        name="Order Updates",
        resource=body.resource,
        identity=Identity(order_id=order_id),
        params=params,
        occurred_at=at,
        version=version(at, params),
    )


def refresh_buyer(order: Order) -> Iterator[RefreshContact]:
    """Refresh the customer whose totals this order changed; nobody for a guest."""
    if order.customer and order.customer.id is not None:
        yield RefreshContact(plain_id(order.customer.id))


def know_visitor(order: Order, buyer: Identity, store: Profile) -> Iterator[KnowVisitor]:
    """
    Say whose visit to the website it was, where the store waits for that.

    Buyers who pay by a wallet are named by no checkout before it is complete.
    """
    tokens = order.checkout_token or order.cart_token
    if store.tracks and buyer and tokens:
        yield KnowVisitor(buyer, order.checkout_token, order.cart_token)


def close_checkout(order: Order, buyer: Identity) -> Iterator[CloseCheckout]:
    """End the wait for this order, whatever it can be told by; nothing at a till without buyer."""
    if order.checkout_token or order.cart_token or buyer:
        yield CloseCheckout(order.checkout_token, order.cart_token, buyer, order.created_at)


def parameters(order: Order, lines: Iterable[LineItem], store: Profile) -> Params:
    """Describe the whole order: what every order event carries."""
    return {
        **compact(
            orderid=plain_id(order.id),
            ordername=order.name,
            ordernumber=order.order_number,
            total_price=amount(order.total_price, order.total_price_set, store),
            subtotal_price=amount(order.subtotal_price, order.subtotal_price_set, store),
            total_discount=amount(order.total_discounts, order.total_discounts_set, store),
            total_tax=amount(order.total_tax, order.total_tax_set, store),
            shipping_price=amount(None, order.total_shipping_price_set, store),
            currency=currency(order.currency, order.total_price_set, store),
            financial_status=order.financial_status,
            fulfillment_status=order.fulfillment_status,
            checkout_token=order.checkout_token,
            cart_token=order.cart_token,
            store=store.handle,
        ),
        **listed("payment_method", order.payment_gateway_names),
        **listed("discount_codes", (discount.code for discount in order.discount_codes)),
        **listed("tags", (order.tags or "").split(", ")),
        **items(lines, order.currency, store),
    }


def _activity(
    name: str, order: Order, params: Params, at: datetime | None, *, version: str = ""
) -> RecordActivity:
    return RecordActivity(
        name=name,
        resource=order.resource,
        identity=of_buyer(
            order.customer, emails=(order.email, order.contact_email), phone=order.phone
        ),
        params=params,
        occurred_at=at,
        version=version,
    )


def _changes(changes: Iterable[Change]) -> list[Params]:
    return [{"lineitemid": plain_id(change.id), "prqt": change.delta} for change in changes][:MOST]
