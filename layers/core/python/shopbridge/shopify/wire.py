"""
The HTTP client that `shopifyapp` is given: capped answers, no redirects, no proxies.

One of three modules that import httpx, beside `netcore.client` and `download`. `shopifyapp`
reads a whole answer into memory and trusts it to be a JSON object; what passes here is one.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from shopbridge.errors import AdminTooCostly, AdminUnavailable

CONNECT_SECONDS = 3
READ_SECONDS = 12
"""Shopify gives up on a request after 10 s."""
DEADLINE_SECONDS = 20
"""For a whole answer, however slowly it drips."""
LONGEST_ANSWER = 1_000_000
"""Bytes of an answer that are read; 100 customers need about 120,000."""

Http = httpx.Client


def connect(
    admin_url: str | None = None,
    transport: httpx.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Http:
    """Open a connection pool; `admin_url` takes the place of every store on a local run."""
    return httpx.Client(
        transport=Wire(transport or httpx.HTTPTransport(), admin_url, clock),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer to a post; `told` is empty where it is no JSON object."""

    status: int
    headers: Mapping[str, str]
    told: dict[str, Any]
    raw: httpx.Response


def post(http: Http, url: str, *, json: Mapping[str, Any], headers: Mapping[str, str]) -> Heard:
    """
    Post `json` once, as it stands.

    Raises:
        AdminUnavailable: no answer; the request may have been applied.
    """
    try:
        response = http.post(url, json=json, headers=headers)
    except httpx.RequestError as exc:
        raise AdminUnavailable("no answer") from exc
    return Heard(response.status_code, response.headers, _told(response), response)


class Wire(httpx.BaseTransport):
    """Passes requests on to `inner` and lets only answers through that can be Shopify's."""

    def __init__(
        self, inner: httpx.BaseTransport, admin_url: str | None, clock: Callable[[], float]
    ) -> None:
        self._inner = inner
        self._local = httpx.URL(admin_url) if admin_url else None
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """
        Carry one request; the answer is read whole.

        Raises:
            AdminTooCostly: the answer is too long to read.
            AdminUnavailable: it is encoded, drips for ever, or is 200 but no JSON object.
        """
        if self._local:
            request.url = request.url.copy_with(
                scheme=self._local.scheme, host=self._local.host, port=self._local.port
            )
        response = self._inner.handle_request(request)
        try:
            content = self._content(response)
        finally:
            response.close()
        if response.status_code == HTTPStatus.OK:
            _require_object(content)
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()

    def _content(self, response: httpx.Response) -> bytes:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise AdminUnavailable("an encoded answer")
        assert isinstance(response.stream, httpx.SyncByteStream)
        ends_at = self._clock() + DEADLINE_SECONDS
        content = bytearray()
        for chunk in response.stream:
            content += chunk
            if len(content) > LONGEST_ANSWER:
                raise AdminTooCostly("an answer too long to read")
            if self._clock() > ends_at:
                raise AdminUnavailable("an endless answer")
        return bytes(content)


def _told(response: httpx.Response) -> dict[str, Any]:
    try:
        told = response.json()
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _require_object(content: bytes) -> None:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise AdminUnavailable("an answer that is not JSON") from exc
    if not isinstance(told, dict):
        raise AdminUnavailable("an answer that is not a JSON object")
