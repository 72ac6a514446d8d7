"""Tokens are asked for once, under the right secret, and odd answers are no tokens."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from shopbridge.errors import AdminRejected, AdminUnavailable, GrantRefused
from shopbridge.shopify import wire
from shopbridge.shopify.grant import Grant
from shopbridge.shopify.grants import Grants
from tests.unit.shopify.admin import STORE

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
GRANTED: dict[str, Any] = {
    "access_token": "shpat_1",
    "scope": "read_orders,read_customers",
    "expires_in": 3600,
    "refresh_token": "shprt_1",
    "refresh_token_expires_in": 7776000,
}

Give = Callable[[httpx.Request], httpx.Response]


def grants(give: Give, secrets: Sequence[str] = ("new", "old")) -> Grants:
    """Return the app's way to tokens where Shopify answers as `give` says."""
    http = wire.connect(None, httpx.MockTransport(give), lambda: 0.0)
    return Grants(http, "client-1", lambda: secrets, lambda: NOW)


def always(status: int = 200, body: Any = None, **headers: str) -> Give:
    """Answer every request alike."""
    content = b"" if body is None else json.dumps(body).encode()
    return lambda request: httpx.Response(status, content=content, headers=headers)


def test_code_becomes_a_pair_with_its_ends() -> None:
    """Tokens are dated by our clock, and asked for as expiring ones."""
    asked = []

    def give(request: httpx.Request) -> httpx.Response:
        asked.append((str(request.url), json.loads(request.content)))
        return httpx.Response(200, json=GRANTED)

    grant = grants(give).by_code(STORE, "code-1")

    assert grant == Grant(
        access_token="shpat_1",
        scopes=frozenset({"read_orders", "read_customers"}),
        expires_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        refresh_token="shprt_1",
        refresh_expires_at=datetime(2027, 2, 21, 8, tzinfo=UTC),
    )
    assert asked == [
        (
            "https://vapid-store.myshopify.com/admin/oauth/access_token",
            {"client_id": "client-1", "client_secret": "new", "code": "code-1", "expiring": 1},
        )
    ]


def test_refresh_sends_the_token_and_nothing_dated() -> None:
    """A token that is still good is refreshed all the same: we ask five minutes early."""
    asked = []

    def give(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=GRANTED)

    grants(give).by_refresh(STORE, "shprt_0")

    assert asked == [
        {
            "client_id": "client-1",
            "client_secret": "new",
            "grant_type": "refresh_token",
            "refresh_token": "shprt_0",
        }
    ]


def test_older_secret_is_tried_where_shopify_does_not_know_the_newer() -> None:
    """While the secret is rotated Shopify may know only one of the two."""

    def give(request: httpx.Request) -> httpx.Response:
        if json.loads(request.content)["client_secret"] != "old":
            return httpx.Response(400, json={"error": "invalid_client"})
        return httpx.Response(200, json=GRANTED)

    assert grants(give).by_refresh(STORE, "shprt_0").access_token == "shpat_1"


def test_no_known_secret_is_a_matter_of_waiting() -> None:
    """Wrong client secrets are our operator's to mend: no store has to authorise anew."""
    with pytest.raises(AdminUnavailable, match="client secrets"):
        grants(always(400, {"error": "invalid_client"})).by_refresh(STORE, "shprt_0")


def test_refused_grant_says_shopifys_word() -> None:
    """`invalid_grant` tells the refresh token is dead."""
    with pytest.raises(GrantRefused) as refused:
        grants(always(400, {"error": "invalid_grant"})).by_refresh(STORE, "shprt_0")

    assert refused.value.error == "invalid_grant"


@pytest.mark.parametrize("status", [402, 403, 404, 423])
def test_frozen_locked_or_gone_store_is_refused_for_good(status: int) -> None:
    """Nothing is repeated for a store that Shopify has closed."""
    calls = []

    def give(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return httpx.Response(status, json={"errors": "Unavailable Shop"})

    with pytest.raises(AdminRejected, match=str(status)):
        grants(give).by_refresh(STORE, "shprt_0")

    assert len(calls) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503])
def test_failing_shopify_is_asked_again_later(status: int) -> None:
    """The library's own repeats are cut short: waiting is the queue's."""
    with pytest.raises(AdminUnavailable, match=str(status)):
        grants(always(status)).by_refresh(STORE, "shprt_0")


def test_too_many_requests_are_not_slept_through() -> None:
    """What Retry-After says reaches the queue."""
    with pytest.raises(AdminUnavailable) as unavailable:
        grants(always(429, **{"Retry-After": "7.0"})).by_refresh(STORE, "shprt_0")

    assert unavailable.value.retry_after == 7.0


def test_silence_may_have_been_a_yes() -> None:
    """No answer is unavailable, so the same request is made again."""

    def give(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no answer", request=request)

    with pytest.raises(AdminUnavailable, match="no answer"):
        grants(give).by_refresh(STORE, "shprt_0")


@pytest.mark.parametrize(
    "odd",
    [
        {"expires_in": 0},
        {"expires_in": -1},
        {"expires_in": "3600"},
        {"expires_in": None},
        {"expires_in": 10**12},
        {"access_token": ""},
        {"access_token": None},
        {"refresh_token": None},
        {"refresh_token": ["x"]},
        {"refresh_token_expires_in": "soon"},
        {"scope": None},
    ],
)
def test_answer_that_makes_no_sense_is_no_token(odd: dict[str, Any]) -> None:
    """It is never saved over a pair that works; the next try may bring a good one."""
    with pytest.raises(AdminUnavailable):
        grants(always(200, {**GRANTED, **odd})).by_refresh(STORE, "shprt_0")


@pytest.mark.parametrize("body", [b"<html>", b"", b"[1]", b"null"])
def test_answer_that_is_no_object_is_no_token(body: bytes) -> None:
    """A proxy's page under 200 is no grant."""
    with pytest.raises(AdminUnavailable):
        grants(lambda request: httpx.Response(200, content=body)).by_code(STORE, "code-1")


@pytest.mark.parametrize("code", ["", "x" * 5000])
def test_impossible_code_is_not_sent(code: str) -> None:
    """Nothing goes out for a code that Shopify cannot have given."""
    with pytest.raises(GrantRefused):
        grants(_never).by_code(STORE, code)


@pytest.mark.parametrize("store", ["evil.com", "vapid-store.myshopify.com.evil.com", ""])
def test_other_hosts_never_see_a_secret(store: str) -> None:
    """Both ways to tokens check the store's name first."""
    with pytest.raises(AdminRejected, match="not the domain"):
        grants(_never).by_refresh(store, "shprt_0")
    with pytest.raises(AdminRejected, match="not the domain"):
        grants(_never).by_code(store, "code-1")


def test_tokens_are_not_in_what_a_grant_shows() -> None:
    """A grant that ends up in a log or traceback shows scopes and times only."""
    grant = grants(always(200, GRANTED)).by_code(STORE, "code-1")

    assert "shpat" not in repr(grant)
    assert "shprt" not in repr(grant)


def _never(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"asked {request.url}")
