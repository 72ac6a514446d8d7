"""Keys of our own are derived as RFC 5869 says, and serve one purpose each."""

import pytest

from shopbridge.shopify.derived import Purpose, hkdf, is_signed, key, sign
from shopbridge.shopify.signature import sign as sign_webhook


def test_derives_what_the_rfc_derives() -> None:
    """Test case 1 of RFC 5869, appendix A."""
    derived = hkdf(
        bytes.fromhex("0b" * 22),
        bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"),
        salt=bytes.fromhex("000102030405060708090a0b0c"),
        length=42,
    )

    assert derived.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_derives_without_a_salt_too() -> None:
    """Test case 3 of RFC 5869: neither salt nor info."""
    derived = hkdf(bytes.fromhex("0b" * 22), b"", length=42)

    assert derived.hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


def test_each_purpose_has_a_key_of_its_own() -> None:
    """No two purposes share a key, and none of them is the client secret."""
    purposes: list[Purpose] = ["oauth state", "cookie", "unsubscribe link"]

    keys = {key("shpss_secret", purpose) for purpose in purposes}

    assert len(keys) == 3
    assert b"shpss_secret" not in keys


@pytest.mark.parametrize("secret", ["new", "old"])
def test_value_signed_under_either_secret_is_known(secret: str) -> None:
    """While the client secret is rotated, what was signed before still counts."""
    signed = sign("state", "oauth state", secret)

    assert is_signed("state", signed, "oauth state", ["new", "old"])


@pytest.mark.parametrize("given", ["", "é", "00", "x" * 64])
def test_other_signatures_are_not(given: str) -> None:
    """Whatever stands there, it is compared and refused."""
    assert not is_signed("state", given, "oauth state", ["new", "old"])


def test_signature_of_one_purpose_is_none_of_another() -> None:
    """A state's signature neither opens a cookie nor is a webhook's."""
    signed = sign("state", "oauth state", "shpss_secret")

    assert not is_signed("state", signed, "cookie", ["shpss_secret"])
    assert sign_webhook(b"state", "shpss_secret").decode() != signed
