"""One webhook as it arrived."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from shopbridge.errors import InvalidPayload, InvalidRequest
from shopbridge.message import write
from shopbridge.shopify import delivery
from shopbridge.shopify.delivery import Arrival

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPIC = "orders/create"
BODY = b'{"id":1}'
HEADERS = {
    "topic": TOPIC,
    "shop-domain": "Vapid-Store.myshopify.com",
    "webhook-id": "w-1",
    "event-id": "e-1",
    "api-version": "2026-10",
    "triggered-at": "2026-11-23T11:59:58.123456789Z",
}


def arrival(body: bytes = BODY, headers: Mapping[str, str | None] = HEADERS) -> Arrival:
    """Return an arrival, some of whose headers differ from good ones."""
    merged = {**HEADERS, **headers}
    return Arrival({name: value for name, value in merged.items() if value is not None}, body)


@pytest.mark.parametrize("prefix", ["X-Shopify-", "x-shopify-", "shopify-", "Shopify-"])
def test_headers_have_two_spellings(prefix: str) -> None:
    """Old and new names mean the same; other headers are left alone."""
    event = {"headers": {f"{prefix}Topic": TOPIC, "X-Forwarded-For": "1.2.3.4"}, "body": "{}"}

    assert delivery.from_http(event).headers == {"topic": TOPIC}


@pytest.mark.parametrize(
    ("body", "encoded", "raw"),
    [
        ('{"ä":1}', False, b'{"\xc3\xa4":1}'),
        ("eyJpZCI6MX0=", True, BODY),
        ("eyJ?", True, b""),
        ("é", True, b""),
        ("\ud800", False, b"\xed\xa0\x80"),
        (None, False, b""),
    ],
)
def test_bytes_stay_as_they_were_signed(body: str | None, encoded: bool, raw: bytes) -> None:
    """Text or base64: what is verified are the bytes that Shopify sent."""
    assert delivery.from_http({"body": body, "isBase64Encoded": encoded}).body == raw


def test_names_a_delivery_by_its_headers() -> None:
    """Everything but the store's case is taken as it comes; nanoseconds are cut."""
    head = delivery.identify(arrival(), TOPIC, NOW).head

    assert head.store == "vapid-store.myshopify.com"
    assert (head.event_id, head.webhook_id, head.via) == ("e-1", "w-1", "https")
    assert head.digest == "037c9214eef74cc3"
    assert head.triggered_at == datetime(2026, 11, 23, 11, 59, 58, 123456, tzinfo=UTC)


def test_webhook_id_stands_in_for_the_event_id() -> None:
    """Older subscriptions send only one of the two."""
    assert delivery.identify(arrival(headers={"event-id": None}), TOPIC, NOW).head.event_id == "w-1"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (None, NOW),
        ("soon", NOW),
        ("2026-11-23T17:30:00+05:30", NOW),
        ("2026-11-23T11:00:00", NOW - timedelta(hours=1)),
        ("2036-11-23T12:00:00Z", NOW + timedelta(minutes=5)),
        ("0001-01-01T00:00:00+05:30", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59-05:00", NOW + timedelta(minutes=5)),
    ],
)
def test_trigger_time_is_always_a_time(written: str | None, at: datetime) -> None:
    """Missing or no time: now. Ahead of our clock: clamped. Out of the calendar: kept in it."""
    assert (
        delivery.identify(arrival(headers={"triggered-at": written}), TOPIC, NOW).head.triggered_at
        == at
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"topic": None},
        {"topic": "orders/updated"},
        {"topic": "orders/create "},
        {"shop-domain": None},
        {"shop-domain": "evil.com"},
        {"event-id": None, "webhook-id": None},
        {"event-id": "", "webhook-id": ""},
        {"event-id": "e" * 201},
        {"event-id": "e\n1"},
        {"event-id": "é"},
        {"webhook-id": "\ud800"},
        {"api-version": "2" * 201},
    ],
)
def test_headers_that_shopify_cannot_have_sent(headers: dict[str, str | None]) -> None:
    """A delivery without a name, or with an impossible one, is refused."""
    with pytest.raises(InvalidRequest):
        delivery.identify(arrival(headers=headers), TOPIC, NOW)


def test_empty_body_is_no_delivery() -> None:
    """There is nothing to keep."""
    with pytest.raises(InvalidRequest):
        delivery.identify(arrival(b""), TOPIC, NOW)


def test_bus_brings_canonical_json() -> None:
    """Raw bytes are lost on the way, so the same payload always becomes the same ones."""
    metadata = {"X-Shopify-Topic": TOPIC}
    one = {"detail": {"metadata": metadata, "payload": {"b": 1, "a": "é"}}}
    other = {"detail": {"payload": {"a": "é", "b": 1}, "metadata": metadata}}

    arrivals = [delivery.from_eventbridge(event) for event in (one, other)]

    assert [arrival.body for arrival in arrivals] == [b'{"a":"\\u00e9","b":1}'] * 2
    assert arrivals[0].trusted


@pytest.mark.parametrize(
    "detail", [None, "x", 1, [], {}, {"metadata": None}, {"metadata": []}, {"metadata": {}}]
)
def test_event_that_is_not_shopifys(detail: Any) -> None:
    """Without metadata and payload there is no delivery in it."""
    with pytest.raises(InvalidPayload):
        delivery.from_eventbridge({"detail": detail})


def test_event_without_a_name_can_still_be_kept() -> None:
    """The whole event is the body, under its own id."""
    unnamed = delivery.unnamed({"id": "bus-1", "detail": "x"}, TOPIC, NOW)

    assert (unnamed.head.store, unnamed.head.event_id) == ("unknown", "bus-1")
    assert unnamed.body == b'{"detail": "x", "id": "bus-1"}'


def test_replay_keeps_name_and_time() -> None:
    """It is the same delivery, received when it was; commands are made anew."""
    first = delivery.identify(arrival(), TOPIC, NOW)

    again = delivery.from_replay(write(first.head, first.body), TOPIC)

    assert again.body == BODY
    assert again.head == msgspec.structs.replace(first.head, via="replay")


def test_replay_needs_the_whole_body() -> None:
    """A text whose body lies elsewhere, or is another's, is refused, not translated."""
    first = delivery.identify(arrival(), TOPIC, NOW)
    claimed = msgspec.structs.replace(first.head, body="claim", claim="claim/x")

    for text in (write(claimed, b""), write(first.head, b'{"id":2}')):
        with pytest.raises(InvalidPayload):
            delivery.from_replay(text, TOPIC)


def test_replay_of_another_topic_is_refused() -> None:
    """Each function translates its own topic only."""
    first = delivery.identify(arrival(), TOPIC, NOW)

    with pytest.raises(InvalidPayload):
        delivery.from_replay(write(first.head, first.body), "orders/updated")
