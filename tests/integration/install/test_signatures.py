"""Rows W12, W13 and W27: secrets that change, signatures of other things, bodies of others."""

import json
from typing import Any

import pytest

from functions.webhooks.app.uninstalled import handler as uninstalled
from functions.webhooks.shop.update import handler as shop_update
from local.store.webhooks import build, sign
from shopbridge import reasons
from shopbridge.entry.webhook import Webhook
from tests.integration.install.merchant import Merchant
from tests.integration.pipeline.system import System

NEXT = "shpss_cnry_next_0123456789abcdef01234567"
CURRENT = "shpss_cnry_current_0123456789abcdef0123"
REVOKED = "shpss_cnry_revoked_0123456789abcdef0123"


@pytest.fixture
def shop(merchant: Merchant) -> System:
    """An enabled store while the app's client secret is rotated."""
    system = System(merchant.cloud)
    system.secrets = [NEXT, CURRENT]
    return system


def delivery(
    system: System, topic: str, body: dict[str, Any] | bytes, secret: str = CURRENT
) -> dict[str, Any]:
    """Make a signed request of `topic` to the store."""
    made = build(
        topic,
        body,
        webhook_id="w-1",
        event_id="e-1",
        triggered_at=system.clock.now().isoformat(),
        shop=system.name,
        secret=secret,
    )
    headers = {name.lower(): value for name, value in made.headers.items()}
    return {"headers": headers, "body": made.body.decode()}


@pytest.mark.parametrize(
    ("secret", "status"),
    [
        pytest.param(REVOKED, 401, id="W12 revoked"),
        pytest.param(CURRENT, 200, id="W12 old, in its grace"),
        pytest.param(NEXT, 200, id="W12 next"),
    ],
)
def test_signature_counts_under_the_secrets_in_use(shop: System, secret: str, status: int) -> None:
    """Two while the secret is rotated; one that was revoked opens nothing."""
    body = {"id": 1, "name": "Leaf", "currency": "USD", "myshopify_domain": shop.name}

    answer = shop.function(handler=shop_update)(delivery(shop, "shop/update", body, secret), None)

    assert answer is not None
    assert answer["statusCode"] == status


@pytest.mark.parametrize("part", ["cookie", "state"])
def test_signature_of_a_state_is_none_of_a_webhook(merchant: Merchant, part: str) -> None:
    """W13: what our first page signed, shown as a webhook's body and signature."""
    begun = merchant.go(merchant.link())
    state = begun["headers"]["Location"].rpartition("state=")[2]
    cookie = merchant.cookies[0].partition("=")[2]
    signature = cookie if part == "cookie" else state.rpartition(".")[2]
    body = state if part == "cookie" else state.rpartition(".")[0]
    system = System(merchant.cloud)
    system.secrets = merchant.secrets
    event = delivery(system, "shop/update", body.encode())
    event["headers"]["x-shopify-hmac-sha256"] = signature

    answer = system.function(handler=shop_update)(event, None)

    assert answer is not None
    assert answer["statusCode"] == 401
    assert sign(body.encode(), merchant.secrets[0]) != signature


@pytest.mark.parametrize(
    ("topic", "handler"), [("shop/update", shop_update), ("app/uninstalled", uninstalled)]
)
def test_body_of_another_store_is_parked_and_rings(
    shop: System, topic: str, handler: Webhook[Any]
) -> None:
    """W27: the header alone says whose it is, and it is not signed; the store stays as it is."""
    before = shop.store()
    body = {"id": 1, "name": "Other", "currency": "USD", "myshopify_domain": "b.myshopify.com"}

    answer = shop.function(handler=handler)(delivery(shop, topic, body), None)

    row = next(row for row in shop.rows("e-1").values() if "state" in row)
    assert answer == {"statusCode": 200, "body": "OK"}
    assert (row["state"], row["reason"]) == ("parked", reasons.WRONG_STORE)
    assert shop.store() == before
    metrics = [name for line in shop.lines for name in ("WrongStore", "Parked") if name in line]
    assert sorted(set(metrics)) == ["Parked", "WrongStore"]
    assert all(json.loads(line)["shop"] == shop.name for line in shop.lines)
