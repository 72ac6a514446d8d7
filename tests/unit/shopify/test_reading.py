"""From bytes to a payload."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.order import Order
from shopbridge.shopify.reading import read


class Body(msgspec.Struct, frozen=True):
    """A small payload."""

    id: int
    name: str = ""
    price: Decimal | None = None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (rb"plain", "plain"),
        (rb"a\u0000b", "a\ufffdb"),
        (rb"a\ud800b", "a\ufffdb"),
        (rb"a\uDFFFb", "a\ufffdb"),
        (rb"a\ufffeb", "a\ufffdb"),
        (rb"a\uFfFfb", "a\ufffdb"),
        (rb"a\ufFfEb", "a\ufffdb"),
        (b"a\xef\xbf\xbeb", "a\ufffdb"),
        (rb"\ud83c\udf81", "\U0001f381"),
        ("ｱ".encode(), "ｱ"),
    ],
)
def test_characters_that_aws_refuses_are_replaced(written: bytes, name: str) -> None:
    """NUL, lone surrogates, U+FFFE and U+FFFF become U+FFFD; pairs and kana stay."""
    assert read(b'{"id":1,"name":"' + written + b'"}', Body).name == name


@pytest.mark.parametrize("suspect", [b"", rb',"name":"\u0000"'])
def test_both_ways_of_reading_agree(suspect: bytes) -> None:
    """A body that has to be cleaned keeps its exact numbers."""
    body = b'{"id":9007199254740993,"price":0.1' + suspect + b"}"

    read_body = read(body, Body)

    assert (read_body.id, read_body.price) == (9007199254740993, Decimal("0.1"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"id":1',
        b'{"id":1}{}',
        b'{"id":1}x',
        b'{"id":NaN}',
        b'{"id":NaN,"name":"\\u0000"}',
        b'{"id":true}',
        b'{"id":"1"}',
        b"\xff",
        b"\xef\xbb\xbf" + b'{"id":1}',
        b"\xef\xbb\xbf" + b'{"id":1,"name":"\\u0000"}',
        '{"id":1}'.encode("utf-16"),
        b'{"id":1,"name":"\\u0000","x":' + b"9" * 5000 + b"}",
        b'{"x":' + b"[" * 100_000,
        b'{"id":1,"name":"\\u0000","x":' + b"[" * 100_000,
    ],
)
def test_what_is_no_such_body_is_one_kind_of_error(body: bytes) -> None:
    """Not JSON, not this shape, nested without end: all are `InvalidPayload`."""
    with pytest.raises(InvalidPayload):
        read(body, Body)


def test_error_says_where_never_what() -> None:
    """The path of a wrong value is named, the value is not."""
    with pytest.raises(InvalidPayload) as raised:
        read(b'{"id":1,"name":{"cnry":"ada@example.com"}}', Body)

    assert str(raised.value) == "ValidationError Expected `str` `$.name`"


def test_second_of_two_equal_keys_counts() -> None:
    """As in every JSON reader that Shopify's own tools use."""
    assert read(b'{"id":1,"id":2}', Body).id == 2


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_never_raise_anything_else(body: bytes) -> None:
    """Whatever arrives, it is an order or `InvalidPayload`."""
    with pytest.raises(InvalidPayload):
        read(body, Order)
