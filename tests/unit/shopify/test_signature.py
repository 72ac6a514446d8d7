"""Shopify's signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.shopify.signature import is_signed, sign

BODY = b'{"id":5001}'
SIGNED = "ehi+4RolYFrPDGAel7MocpXgeiT6wc/ZLpvwknc8a5g="
"""Of BODY under `secret`, from `openssl dgst -sha256 -hmac secret -binary | base64`."""


def test_agrees_with_openssl() -> None:
    """The signature is base64 of HMAC-SHA256 of the bytes."""
    assert sign(BODY, "secret").decode() == SIGNED


@pytest.mark.parametrize("secrets", [["secret"], ["new", "secret"], ["secret", "old"]])
def test_any_secret_counts(secrets: list[str]) -> None:
    """While keys rotate there are two."""
    assert is_signed(BODY, SIGNED, secrets)


@pytest.mark.parametrize("given", ["", "é", "\ud800", SIGNED + " ", SIGNED[:-1], SIGNED.lower()])
def test_only_the_very_text_counts(given: str) -> None:
    """No other spelling of the digest is accepted, and none raises."""
    assert not is_signed(BODY, given, ["secret"])


def test_no_secret_signs_nothing() -> None:
    """Without secrets nobody is believed."""
    assert not is_signed(BODY, SIGNED, [])


@given(st.binary(min_size=1, max_size=64), st.data())
def test_any_flipped_bit_fails(body: bytes, data: st.DataObject) -> None:
    """A body that differs in one bit has another signature."""
    bit = data.draw(st.integers(0, len(body) * 8 - 1))
    flipped = bytearray(body)
    flipped[bit // 8] ^= 1 << bit % 8
    signature = sign(body, "secret").decode()

    assert is_signed(body, signature, ["secret"])
    assert not is_signed(bytes(flipped), signature, ["secret"])
