"""The domain that names a store."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.shopify.domain import is_store

GRAMMAR = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9-]{0,59}\.myshopify\.com", re.ASCII)


@pytest.mark.parametrize("domain", ["a.myshopify.com", "Vapid-Store-2.myshopify.com"])
def test_takes_a_store(domain: str) -> None:
    """Letters, digits and hyphens before Shopify's own domain."""
    assert is_store(domain)


@pytest.mark.parametrize(
    "domain",
    [
        "",
        ".myshopify.com",
        "myshopify.com",
        "evil.com",
        "a.myshopify.com.evil.com",
        "a.myshopify.com\n",
        "\na.myshopify.com",
        "a.b.myshopify.com",
        "-a.myshopify.com",
        "evil.com/?.myshopify.com",
        "a@evil.myshopify.com",
        "127.0.0.1",
        "\u0430pple.myshopify.com",
        "a.MYSHOPIFY.com",
        "a.myshopify.com.myshopify.com",
        f"{'a' * 61}.myshopify.com",
    ],
)
def test_takes_nothing_else(domain: str) -> None:
    """No other host, path, user, line break or look-alike letter gets through."""
    assert not is_store(domain)


@given(st.text(alphabet="aZ9-.@/\n\u0430é", max_size=8).map(lambda text: f"{text}.myshopify.com"))
def test_agrees_with_the_grammar(domain: str) -> None:
    """An independent parser takes the same domains."""
    assert is_store(domain) == bool(GRAMMAR.fullmatch(domain))
