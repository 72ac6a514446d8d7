"""Which deliveries speak of a person."""

import json
from typing import Any

import pytest

from shopbridge.commands import Command, Identity, RecordActivity, RefreshContact
from shopbridge.privacy.mentions import Sought
from tests.integration import messages

ADA = Sought(Identity("7001", "Ada@example.com", "+44 7700 900123"), frozenset({"1001"}))


def says(topic: str, body: Any) -> bool:
    """Whether a delivery of `topic` with this body speaks of Ada."""
    given = messages.message(body=json.dumps(body).encode(), topic=topic, commands=(), numbers=())
    return ADA.is_in(given)


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("customers/update", {"id": 7001}),
        ("customer.tags_added", {"customerId": "gid://shopify/Customer/7001"}),
        ("orders/create", {"id": 1, "customer": {"id": 7001}}),
        ("orders/create", {"id": 1001}),
        ("orders/edited", {"order_edit": {"id": 5, "order_id": 1001}}),
        ("refunds/create", {"id": 9, "order_id": "1001"}),
        ("checkouts/update", {"id": 1, "email": "ADA@example.com"}),
        ("checkouts/update", {"id": 1, "shipping_address": {"phone": "+447700900123"}}),
        ("checkouts/update", {"id": 1, "notes": [{"to": "ada@example.com"}]}),
        ("app/other", {"seen": ["gid://shopify/Order/1001"]}),
    ],
)
def test_a_body_may_name_somebody_in_many_ways(topic: str, body: Any) -> None:
    """By id, by GraphQL id, by address, by number, by order, at any depth."""
    assert says(topic, body)


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("products/update", {"id": 7001}),
        ("orders/create", {"id": 7001, "customer": {"id": 1001}}),
        ("checkouts/update", {"email": "not-ada@example.com"}),
        ("checkouts/update", {"phone": "+1 7700 900123"}),
        ("orders/create", {"line_items": [{"id": 1001, "product_id": 7001}]}),
        ("orders/create", [None, 7001, "7001", True]),
        ("orders/create", {}),
    ],
)
def test_equal_numbers_of_other_things_name_nobody(topic: str, body: Any) -> None:
    """Ids of products, lines and other people's orders may be the same digits."""
    assert not says(topic, body)


@pytest.mark.parametrize(
    ("noted", "seen", "speaks"),
    [
        ("030 123456", "+4930123456", True),
        ("+49 30 123456", "030/123456", False),
        ("+49 30 123456", "(030) 123456", True),
        ("030 123456", "+33 30 123456", False),
        ("030 123456", "1030123456789", False),
    ],
)
def test_a_number_without_prefix_is_the_stores(noted: str, seen: str, speaks: bool) -> None:
    """What is written as a number, without country code or with it, is compared as one."""
    sought = Sought(Identity(phone=noted), country="DE")

    told = messages.message(body=json.dumps({"phone": seen}).encode(), commands=(), numbers=())

    assert sought.is_in(told) is speaks


@pytest.mark.parametrize(
    ("command", "speaks"),
    [
        (RefreshContact("7001"), True),
        (RefreshContact("7002"), False),
        (RecordActivity("Product Purchase", "order#1001", Identity(), {}), True),
        (
            RecordActivity("Product Purchase", "order#1", Identity(email="ada@example.com"), {}),
            True,
        ),
        (RecordActivity("Product Purchase", "order#1", Identity("1001"), {"orderid": "2"}), False),
    ],
)
def test_a_parked_command_names_somebody_without_a_body(command: Command, speaks: bool) -> None:
    """What is kept of a parked command has no body: its fields say whose it is."""
    assert ADA.is_in(messages.message(command, body=b"")) is speaks


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[" * 100_000])
def test_a_damaged_body_names_nobody(body: bytes) -> None:
    """Nothing can be said about it, and nothing breaks."""
    assert not ADA.is_in(messages.message(body=body, commands=(), numbers=()))


def test_nobody_is_in_nothing() -> None:
    """A request that names no one finds nothing, not everything."""
    nobody = Sought(Identity())

    assert not nobody.is_in(messages.message(body=b'{"email": "", "customer": {"id": null}}',
                                             commands=(), numbers=()))  # fmt: skip
