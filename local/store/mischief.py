"""Deliveries as they should not be: twice, forged, broken, for somebody else."""

from collections.abc import Callable
from dataclasses import replace

from local.store.planned import PlannedDelivery
from local.store.webhooks import build, sign
from local.store.world import World

Make = Callable[[World, PlannedDelivery, str], PlannedDelivery]

_BODIES: tuple[Callable[[bytes], bytes], ...] = (
    lambda body: body[: len(body) // 2].decode("utf-8", "ignore").encode(),
    lambda body: b"null",
    lambda body: b"[]",
    lambda body: b'"x"',
    lambda body: body + b"{}",
)
"""
Ways in which a body is unusable although its signature is right.

Bytes that are no UTF-8 are left to the tests of the functions: the emulator's API hands
them on replaced, so that no signature fits them any more.
"""


def again(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """The same bytes under the same ids, at once."""
    return replace(delivery, kind="duplicate")


def retry(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """The same bytes under the same ids, after a while: Shopify did not see our answer."""
    return replace(delivery, kind="retry")


def twin(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """The same event through a second subscription to its topic."""
    return _sent_as(world, delivery, secret, kind="twin")


def forged(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """A delivery of somebody who does not know the secret, or forgot to sign at all."""
    made = _sent_as(world, delivery, secret, kind="forged", event_id=world.uuid())
    signature = world.random.choice((sign(delivery.body, f"not-{secret}"), "", None))
    headers = {**made.headers, "X-Shopify-Hmac-Sha256": signature}
    sent = {name: value for name, value in headers.items() if value is not None}
    return replace(made, headers=sent, expected_status=401)


def broken(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """A rightly signed delivery whose bytes mean nothing."""
    body = world.random.choice(_BODIES)(delivery.body)
    made = replace(delivery, body=body, resource="")
    return _sent_as(world, made, secret, kind="broken", event_id=world.uuid())


def misdirected(world: World, delivery: PlannedDelivery, secret: str) -> PlannedDelivery:
    """A rightly signed delivery of a store that never installed the app."""
    shop = f"unknown-{world.random.randrange(100)}.myshopify.com"
    made = replace(delivery, shop=shop)
    return _sent_as(world, made, secret, kind="unknown_shop", event_id=world.uuid())


MISCHIEF: dict[str, tuple[Make, float, float]] = {
    "duplicate": (again, 0, 3),
    "retry": (retry, 120, 60),
    "twin": (twin, 0, 3),
    "forged": (forged, 0, 3),
    "broken": (broken, 0, 3),
    "unknown_shop": (misdirected, 0, 3),
}
"""What is made, how many deliveries later at least, and at most how many more."""


def _sent_as(
    world: World, delivery: PlannedDelivery, secret: str, *, kind: str, event_id: str | None = None
) -> PlannedDelivery:
    webhook_id, event_id = world.uuid(), event_id or delivery.event_id
    made = build(
        delivery.topic,
        delivery.body,
        webhook_id=webhook_id,
        event_id=event_id,
        triggered_at=delivery.headers["X-Shopify-Triggered-At"],
        shop=delivery.shop,
        secret=secret,
    )
    return replace(
        delivery,
        kind=kind,
        headers=made.headers,
        webhook_id=webhook_id,
        event_id=event_id,
    )
