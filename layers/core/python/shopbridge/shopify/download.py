"""
Fetches pieces of a bulk operation's result from the signed address that Shopify names.

The address alone is what admits, so nothing of ours goes with the request.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import httpx

from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.wire import CONNECT_SECONDS

READ_SECONDS: Final = 30
"""Without a byte for so long, a piece is given up."""

_WHERE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")

Fetch = Callable[[str, int, int], bytes]
"""Returns so many bytes of what lies at an address, from a position on."""


class NotServed(AdminUnavailable):
    """The address is refused, as one that has expired is; Shopify may name a new one."""


class Download:
    """Pieces of files; `transport` stands in for the network in tests."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept-Encoding": "identity"},
            follow_redirects=False,
            trust_env=False,
        )

    def piece(self, url: str, start: int, size: int) -> bytes:
        """
        Return `size` bytes from `start` on.

        Raises:
            NotServed: the address is refused.
            AdminUnavailable: no answer, or not exactly what was asked for.
        """
        asked = {"Range": f"bytes={start}-{start + size - 1}"}
        try:
            with self._http.stream("GET", url, headers=asked) as response:
                if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise AdminUnavailable(str(response.status_code))
                if response.status_code != HTTPStatus.PARTIAL_CONTENT:
                    raise NotServed(f"a result answers {response.status_code}")
                where = _WHERE.fullmatch(response.headers.get("Content-Range", ""))
                if not where or (int(where[1]), int(where[2])) != (start, start + size - 1):
                    raise AdminUnavailable("another piece than was asked for")
                piece = response.read()
        except httpx.HTTPError as exc:
            raise AdminUnavailable("no answer") from exc
        if len(piece) != size:
            raise AdminUnavailable("a piece that is cut off")
        return piece
