"""
The webhook subscriptions that one store has of its own.

Those of `shopify.app.toml` belong to the app and hold for every store; Shopify lists them
nowhere. What is listed here comes on top of them, and makes a topic arrive twice.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import AwareDatetime

from shopbridge.errors import AdminUnavailable, Rejected
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Model, Text
from shopbridge.shopify.readers import Asks

A_PAGE: Final = 100


class NotChanged(Rejected):
    """Shopify did not make or delete a subscription."""


class Subscription(Model):
    """One subscription of one store."""

    id: str
    topic: str
    """In Shopify's capitals: `ORDERS_CREATE`."""
    uri: Text
    created_at: AwareDatetime
    name: Text | None = None


def spelt(topic: str) -> str:
    """Write a topic as the Admin API does: `CUSTOMER_TAGS_ADDED` for `customer.tags_added`."""
    return re.sub(r"[./]", "_", topic).upper()


def listed(gateway: Asks) -> Iterator[Subscription]:
    """
    Yield the subscriptions of the store.

    Raises:
        AdminUnavailable: Shopify cannot say now.
        AdminRejected: Shopify refuses the app or the store.
    """
    after = None
    while True:
        asked = {"first": A_PAGE, "after": after}
        told = gateway.ask(load("webhook_subscriptions"), asked).data.get("webhookSubscriptions")
        if told is None:
            raise AdminUnavailable("an answer without the subscriptions")
        yield from map(Subscription.model_validate, told["nodes"])
        if not told["pageInfo"]["hasNextPage"]:
            return
        after = told["pageInfo"]["endCursor"]


def create(gateway: Asks, topic: str, uri: str, name: str) -> None:
    """
    Subscribe `uri` to `topic` for this store alone.

    Raises:
        NotChanged: Shopify does not take it.
    """
    wanted = {"uri": uri, "name": name, "format": "JSON"}
    asked = {"topic": spelt(topic), "webhookSubscription": wanted}
    _change(gateway, "webhookSubscriptionCreate", "webhook_subscription_create", asked)


def delete(gateway: Asks, id_: str) -> None:
    """
    Delete one subscription of the store.

    Raises:
        NotChanged: Shopify has no such subscription any more, or keeps it.
    """
    _change(gateway, "webhookSubscriptionDelete", "webhook_subscription_delete", {"id": id_})


def _change(gateway: Asks, field: str, document: str, asked: dict[str, Any]) -> None:
    told = gateway.ask(load(document), asked).data.get(field)
    if told is None:
        raise AdminUnavailable("an answer without what was changed")
    if told["userErrors"]:
        raise NotChanged(f"Shopify refuses {field}")
