"""The way to the Admin API: what is sent, and what every kind of answer means."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shopbridge.errors import AdminRejected, AdminTooCostly, AdminUnavailable, ShopbridgeError
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from tests.unit.shopify.admin import STORE, answering, gateway, problem

QUERY = "query Shop { shop { name } }"
DATA = {"shop": {"name": "Vapid"}}


def ask(answer: httpx.Response) -> Any:
    """Ask a store that gives `answer`."""
    return gateway(answer).ask(QUERY, {})


def test_asks_the_store_itself_under_its_token() -> None:
    """A request goes to the store's own domain, in the pinned version, with the token."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering(data=DATA)

    gateway(answer).ask(QUERY, {"ids": ["gid://shopify/Customer/1"]})

    assert str(seen[0].url) == f"https://{STORE}/admin/api/2026-10/graphql.json"
    assert seen[0].headers["X-Shopify-Access-Token"] == "shpat_secret"
    assert json.loads(seen[0].content) == {
        "query": QUERY,
        "variables": {"ids": ["gid://shopify/Customer/1"]},
    }


def test_local_run_is_asked_in_place_of_the_store() -> None:
    """With an `admin_url` the request goes there; the Host header still names the store."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering(data=DATA)

    gateway(answer, admin_url="http://127.0.0.1:4611").ask(QUERY, {})

    assert str(seen[0].url) == "http://127.0.0.1:4611/admin/api/2026-10/graphql.json"
    assert seen[0].headers["Host"] == STORE


@pytest.mark.parametrize(
    "store",
    ["evil.com", "evil.com/?.myshopify.com", "a.myshopify.com@evil.com", "a.myshopify.com\n", ""],
)
def test_impossible_store_is_refused_before_anything_is_sent(store: str) -> None:
    """A domain that could lead elsewhere never gets as far as a request."""
    with pytest.raises(AdminRejected, match="not the domain of a store"):
        gateway(answering(data=DATA), store=store)


def test_store_without_a_token_is_refused() -> None:
    """Where no token is saved there is nothing to ask with."""
    with pytest.raises(AdminRejected, match="no Shopify access token"):
        Gateway(wire.connect(), STORE, None)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 406, 423, 430])
def test_refusal_for_good(status: int) -> None:
    """Token, scope, frozen, gone or locked: asking again cannot help."""
    with pytest.raises(AdminRejected, match=f"Shopify answered {status}"):
        ask(httpx.Response(status, content=b'{"errors": "[API] Invalid API key"}'))


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 530, 540])
def test_failure_that_may_pass(status: int) -> None:
    """A failing Shopify is asked again later, and nothing waits here."""
    with pytest.raises(AdminUnavailable, match=str(status)):
        ask(httpx.Response(status, content=b"<html>oops</html>"))


def test_retry_after_is_taken_over() -> None:
    """A 429 with Shopify's decimal Retry-After says when to come back."""
    with pytest.raises(AdminUnavailable) as caught:
        ask(httpx.Response(429, headers={"retry-after": "4.0"}, content=b"{}"))

    assert caught.value.retry_after == 4.0


def test_throttled_waits_until_the_bucket_holds_enough() -> None:
    """THROTTLED comes as 200; the wait is what is missing over the restore rate."""
    cost = {
        "requestedQueryCost": 700,
        "throttleStatus": {
            "maximumAvailable": 2000,
            "currentlyAvailable": 100,
            "restoreRate": 100,
        },
    }

    with pytest.raises(AdminUnavailable) as caught:
        ask(answering(errors=[problem("THROTTLED")], extensions={"cost": cost}))

    assert caught.value.retry_after == 6.0


def test_throttled_without_numbers_waits_two_seconds() -> None:
    """Where Shopify does not say how full the bucket is, a short wait is assumed."""
    with pytest.raises(AdminUnavailable) as caught:
        ask(answering(errors=[problem("THROTTLED")]))

    assert caught.value.retry_after == 2.0


def test_too_costly_is_an_error_of_its_own() -> None:
    """MAX_COST_EXCEEDED tells readers to ask for less."""
    with pytest.raises(AdminTooCostly):
        ask(answering(errors=[problem("MAX_COST_EXCEEDED", cost=1400, maxCost=1000)]))


def test_ignored_search_filter_is_an_error() -> None:
    """A filter that Shopify ignores would return everything; its warning is not overlooked."""
    search = [{"path": ["customers"], "warnings": [{"field": "updatedat", "code": "x"}]}]

    with pytest.raises(AdminRejected, match="search filter"):
        ask(answering(data=DATA, extensions={"search": search}))


def test_partial_answer_is_kept_and_what_is_denied_is_named() -> None:
    """Data beside errors is used; fields that our scopes do not cover are listed."""
    data = {"nodes": [{"id": "gid://shopify/Customer/1", "lastOrder": None}]}

    answer = ask(answering(data=data, errors=[problem("ACCESS_DENIED", "nodes", 0, "lastOrder")]))

    assert answer.data == data
    assert answer.denied == ("nodes.lastOrder",)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ACCESS_DENIED", AdminRejected),
        ("undefinedField", AdminRejected),
        ("SHOP_INACTIVE", AdminRejected),
        ("INTERNAL_SERVER_ERROR", AdminUnavailable),
    ],
)
def test_errors_without_data(code: str, error: type[ShopbridgeError]) -> None:
    """With no data at all the code decides whether asking again can help."""
    with pytest.raises(error, match=code):
        ask(answering(data=None, errors=[problem(code)]))


def test_redirect_is_not_followed() -> None:
    """A 301 (to a metadata address, say) is a refusal, not a place to go."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(301, headers={"Location": "http://169.254.169.254/latest"})

    with pytest.raises(AdminRejected, match="301"):
        gateway(answer).ask(QUERY, {})

    assert seen == [STORE]


@pytest.mark.parametrize(
    "content",
    [
        b"<html>maintenance</html>",
        b"",
        b"[]",
        b'"text"',
        b'{"data": ',
        b"\xff\xfe{}",
        b'{"data": null}',
        b"{}",
        b"[" * 100_000,
    ],
    ids=["html", "empty", "list", "text", "cut", "utf-16", "null data", "no data", "deep"],
)
def test_answer_that_is_none_of_shopifys(content: bytes) -> None:
    """HTML, nothing, another shape: counted as a failure that may pass, never as data."""
    with pytest.raises(AdminUnavailable):
        ask(httpx.Response(200, content=content))


def test_gzip_bomb_is_not_unpacked() -> None:
    """An encoding that nobody asked for is refused unread."""
    bomb = gzip.compress(b"0" * 50_000_000)
    headers = {"Content-Encoding": "gzip"}

    with pytest.raises(AdminUnavailable, match="encoded"):
        ask(httpx.Response(200, headers=headers, stream=httpx.ByteStream(bomb)))


def test_huge_answer_is_cut_off_and_asked_for_in_parts() -> None:
    """Reading stops at a megabyte; readers then ask for less."""
    read: list[int] = []

    def drip() -> Iterator[bytes]:
        for number in range(10_000):
            read.append(number)
            yield b" " * 100_000

    with pytest.raises(AdminTooCostly, match="too long"):
        ask(httpx.Response(200, content=drip()))

    assert len(read) == 11


def test_endless_drip_is_given_up() -> None:
    """An answer that comes byte by byte is given up after its deadline."""
    now = iter(range(0, 1000, 5))

    def drip() -> Iterator[bytes]:
        while True:
            yield b" "

    with pytest.raises(AdminUnavailable, match="endless"):
        gateway(httpx.Response(200, content=drip()), clock=lambda: next(now)).ask(QUERY, {})


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
def test_broken_connection_may_pass(error: type[httpx.TransportError]) -> None:
    """No connection, no answer in time, a reset: asked again later."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    with pytest.raises(AdminUnavailable, match="no answer"):
        gateway(answer).ask(QUERY, {})


def test_no_error_quotes_a_message_of_shopifys() -> None:
    """Messages may quote variables, so only codes and places get into our errors."""
    error = {"message": "asha@example.com is odd", "extensions": {"code": "BAD_REQUEST"}}

    with pytest.raises(AdminRejected) as caught:
        ask(answering(errors=[error]))

    assert str(caught.value) == "Shopify refuses: BAD_REQUEST"
