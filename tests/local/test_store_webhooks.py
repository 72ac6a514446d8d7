"""Webhooks are built and signed as Shopify does it, for HTTPS and for EventBridge."""

import json

from local.store import Webhook, build, bus_entry, envelope, sign


def made(topic: str, body: bytes | dict[str, object], *, lower_case: bool = False) -> Webhook:
    """A delivery with fixed ids."""
    return build(
        topic,
        body,
        webhook_id="w-1",
        event_id="e-1",
        triggered_at="2026-11-23T08:00:00.123456789Z",
        secret="hush",
        lower_case=lower_case,
    )


def orders_create(*, lower_case: bool = False) -> Webhook:
    """One small delivery."""
    return made("orders/create", {"id": 2**53 + 1}, lower_case=lower_case)


def test_signature_is_base64_of_the_digest() -> None:
    """A known body and secret give the signature that OpenSSL gives."""
    assert sign(b'{"id":1}', "hush") == "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY="


def test_headers_and_bytes_of_a_delivery() -> None:
    """The seven headers are there, and a wide id is written out exactly."""
    delivery = orders_create()

    assert delivery.body == b'{"id":9007199254740993}'
    assert dict(delivery.headers) == {
        "Content-Type": "application/json",
        "User-Agent": "Shopify-Captain-Hook",
        "X-Shopify-Topic": "orders/create",
        "X-Shopify-Hmac-Sha256": sign(delivery.body, "hush"),
        "X-Shopify-Shop-Domain": "vapid-store.myshopify.com",
        "X-Shopify-API-Version": "2026-10",
        "X-Shopify-Webhook-Id": "w-1",
        "X-Shopify-Event-Id": "e-1",
        "X-Shopify-Triggered-At": "2026-11-23T08:00:00.123456789Z",
    }


def test_newer_header_names_are_lower_case_without_x() -> None:
    """The spelling of Shopify's newer events can be asked for."""
    delivery = orders_create(lower_case=True)

    assert delivery.headers["shopify-topic"] == "orders/create"
    assert not [name for name in delivery.headers if name.startswith("X-")]


def test_text_is_escaped_as_rails_does() -> None:
    """Angle brackets and ampersands are escaped, other letters are not."""
    delivery = made("products/create", {"vendor": "Zoë & <Co>"})

    assert delivery.body == b'{"vendor":"Zo\xc3\xab \\u0026 \\u003cCo\\u003e"}'


def test_unusable_bytes_are_signed_as_they_are() -> None:
    """A broken body still carries its right signature."""
    delivery = made("orders/create", b"\xff{")

    assert delivery.body == b"\xff{"
    assert delivery.headers["X-Shopify-Hmac-Sha256"] == sign(b"\xff{", "hush")


def test_bus_entry_is_what_put_events_takes() -> None:
    """The body travels as JSON beside the headers, whose signature is spelled differently."""
    delivery = orders_create()

    entry = bus_entry(delivery, "bus", source="aws.partner/shopify.com/1/x")

    assert (entry["EventBusName"], entry["DetailType"]) == ("bus", "shopifyWebhook")
    assert entry["Source"] == "aws.partner/shopify.com/1/x"
    detail = json.loads(entry["Detail"])
    assert detail["payload"] == {"id": 9007199254740993}
    assert detail["metadata"]["X-Shopify-Topic"] == "orders/create"
    assert detail["metadata"]["X-Shopify-Hmac-SHA256"] == sign(delivery.body, "hush")
    assert "User-Agent" not in detail["metadata"]


def test_envelope_is_what_a_rule_delivers() -> None:
    """A Lambda behind the bus sees the entry inside AWS's envelope."""
    event = envelope(orders_create(), "00000000-0000-4000-8000-000000000001")

    assert event["detail-type"] == "shopifyWebhook"
    assert event["time"] == "2026-11-23T08:00:00Z"
    assert event["detail"]["payload"] == {"id": 9007199254740993}
