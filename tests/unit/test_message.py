"""The text that travels between functions."""

import zlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbridge import message
from shopbridge.commands import ErasePerson, Identity, RecordActivity, RefreshContact
from shopbridge.errors import InvalidPayload
from shopbridge.message import Head, Message, read, read_head, write

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEAD = Head(
    store="a.myshopify.com",
    topic="orders/create",
    event_id="e-1",
    digest="0123456789abcdef",
    triggered_at=NOON,
    received_at=NOON,
    commands=(
        RecordActivity("Product Purchase", "order#1", Identity("7001"), {"orderid": "1"}, NOON),
        RefreshContact("7001"),
    ),
    numbers=(0, 1),
)


def text(head: Any, body: bytes = b"{}") -> str:
    """Write a text by hand, of any head."""
    parts = (msgspec.json.encode(head), body)
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def changed(**changes: object) -> dict[str, Any]:
    """Return the head's JSON with some fields changed."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(HEAD))
    return {**plain, **changes}


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_comes_back_as_it_was_written(body: bytes) -> None:
    """Head and body survive the journey byte for byte."""
    assert read(write(HEAD, body)) == Message(HEAD, body)


def test_consists_of_characters_that_nothing_escapes() -> None:
    """SNS's form encoding and JSON leave the text as it is."""
    written = write(HEAD, bytes(range(256)))

    assert set(written) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_large_body_is_compressed() -> None:
    """Above 40,000 bytes compressing saves a billing unit."""
    body = b'{"note": "again and again"}' * 2_000

    written = write(HEAD, body)

    assert len(written) < 3_000
    assert read_head(written).body == "gzip"
    assert read(written).body == body


def test_large_head_is_compressed() -> None:
    """A customer to be forgotten may have ten thousand orders, and all of them travel."""
    orders = tuple(str(5_000_000_000_000 + number) for number in range(10_000))
    head = msgspec.structs.replace(HEAD, commands=(ErasePerson(Identity("7001"), orders),))
    head = msgspec.structs.replace(head, numbers=(0,))

    written = write(head, b"{}")

    assert len(written) < 60_000
    assert read(written) == Message(head, b"{}")


def test_a_head_that_does_not_inflate_is_none_of_ours() -> None:
    """Nothing in a queue is believed before it is read."""
    with pytest.raises(InvalidPayload):
        read_head(f"{urlsafe_b64encode(b'x' * 9).decode()}.")


def test_claimed_body_stays_behind() -> None:
    """Only the key of the object travels."""
    claimed = msgspec.structs.replace(HEAD, body="claim", claim="claim/a/1")

    assert read(write(claimed, b"{}")) == Message(claimed, b"")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "x",
        "not a message",
        "é.é",
        "e30.e30",
        text(changed(v=99)),
        text(changed(numbers=[])),
        text(changed(triggered_at="2026-11-23T12:00:00")),
        text(changed(commands=[{"type": "DropTable"}])),
        text(changed()).partition(".")[0],
    ],
)
def test_text_that_is_not_ours_is_refused(wrong: str) -> None:
    """Whatever lies in a queue, reading it raises one kind of error only."""
    with pytest.raises(InvalidPayload):
        read_head(wrong)


@pytest.mark.parametrize("body", [b"not compressed", zlib.compress(b"{}")[:-4], b""])
def test_body_that_cannot_be_opened_is_refused(body: bytes) -> None:
    """A broken body is no crash."""
    with pytest.raises(InvalidPayload):
        read(text(changed(body="gzip"), body))


def test_bomb_is_refused() -> None:
    """What would become larger than any body that a gateway carries is not inflated."""
    bomb = zlib.compress(b"\0" * (message.LARGEST_BODY + 1), 9)

    with pytest.raises(InvalidPayload):
        read(text(changed(body="gzip"), bomb))


@settings(max_examples=60)
@given(st.text())
def test_reading_never_raises_anything_else(wrong: str) -> None:
    """Any text is a message or `InvalidPayload`."""
    with pytest.raises(InvalidPayload):
        read(wrong)
