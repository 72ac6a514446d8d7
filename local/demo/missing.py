"""Drops webhooks at the source, so that reconciliation has something to find."""

import time
from datetime import UTC, datetime, timedelta

from local.demo.sending import wait
from local.demo.shop import Shop, number

SECOND = timedelta(seconds=1)


def lose_a_customer(shop: Shop) -> str:
    """
    Let somebody register without a word to the app; return the customer's number.

    Comes back when that moment is past: where much happens at once, the simulated store's
    clock is ahead of ours, and reconciliation leaves to the next run what is not over yet.
    """
    gid, _ = shop.register()
    created = datetime.fromisoformat(shop.see("customers", gid)["createdAt"])
    left = created + SECOND - datetime.now(UTC)
    wait(time.monotonic() + left.total_seconds())
    return number(gid)
