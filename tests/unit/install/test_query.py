"""A query is believed if Shopify signed it, for one store, now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest

from local.store.oauth.signing import signed_query
from shopbridge.errors import InvalidSignature
from shopbridge.install.query import signature, verified
from shopbridge.shopify.secrets import ClientSecrets

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SHOP = "some-shop.myshopify.com"


def secrets(*known: str) -> ClientSecrets:
    """Return client secrets that never change."""
    return ClientSecrets(lambda: known, lambda: 0.0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "code=a94a110d86d2452eb3e2af4cfb8a3828&shop=some-shop.myshopify.com"
            "&timestamp=1337178173",
            "2cb1a277650a659f1b11e92a4a64275b128e037f2c3390e3c8fd2d8721dac9e2",
        ),
        (
            "code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com"
            "&timestamp=1337178173",
            "4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20",
        ),
        (
            "ids[]=2&ids[]=1&shop=some-shop.myshopify.com",
            "b93b9f82996f6f8bf9f1b7bbddec284c8fabacdc4e12dc80550b4705f3003b1e",
        ),
    ],
)
def test_signs_as_shopifys_own_libraries_do(query: str, expected: str) -> None:
    """Known pairs of query and signature under the secret `hush`."""
    assert signature(parse_qsl(query), "hush") == expected


def test_order_of_parameters_does_not_matter() -> None:
    """The signature is over the sorted parameters, without itself and `signature`."""
    forwards = [("shop", SHOP), ("timestamp", "1"), ("hmac", "x"), ("signature", "y")]

    assert signature(forwards, "hush") == signature(forwards[1::-1], "hush")


@pytest.mark.parametrize("known", [("hush",), ("new", "hush"), ("hush", "old")])
def test_query_signed_under_any_secret_in_use_is_believed(known: Sequence[str]) -> None:
    """While the secret is rotated Shopify signs with either."""
    query = verified(signed_query(SHOP, "hush", NOW), secrets(*known), NOW)

    assert (query.store, query.at) == (SHOP, NOW)


def test_secret_that_came_a_moment_ago_is_found() -> None:
    """A signature that fits no secret has them read again."""
    read = iter([["old"], ["hush", "old"]])
    clock = iter([0.0, 0.0, 31.0, 31.0])

    query = verified(
        signed_query(SHOP, "hush", NOW),
        ClientSecrets(lambda: next(read), lambda: next(clock)),
        NOW,
    )

    assert query.store == SHOP


def test_parameter_that_is_there_twice_is_not_believed() -> None:
    """It might be signed as one value and read as the other."""
    raw = signed_query(SHOP, "hush", NOW, code="good") + "&code=bad"

    with pytest.raises(InvalidSignature, match="twice"):
        verified(raw, secrets("hush"), NOW)


def test_store_is_written_as_its_row_is() -> None:
    """Shopify's domains are the same in any case; our keys are in lower case."""
    raw = signed_query("Some-Shop.myshopify.com", "hush", NOW)

    assert verified(raw, secrets("hush"), NOW).store == SHOP
