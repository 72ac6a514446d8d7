"""Pieces of a result are exactly what was asked for, or an error that says what to do."""

from collections.abc import Callable

import httpx
import pytest

from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.download import Download, NotServed

URL = "https://storage.example/result.jsonl?Signature=s"
CONTENT = bytes(range(100))


def download(answer: Callable[[httpx.Request], httpx.Response]) -> Download:
    """Return a download whose other side is `answer`."""
    return Download(httpx.MockTransport(answer))


def part(first: int, last: int) -> httpx.Response:
    """Answer with a part of the content, as Google's storage does."""
    where = {"Content-Range": f"bytes {first}-{last}/100"}
    return httpx.Response(206, headers=where, content=CONTENT[first : last + 1])


def test_piece_is_asked_for_by_its_place() -> None:
    """One request, with a range and nothing of ours."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return part(10, 29)

    piece = download(answer).piece(URL, 10, 20)

    assert piece == CONTENT[10:30]
    assert asked[0].headers["Range"] == "bytes=10-29"
    assert asked[0].headers["Accept-Encoding"] == "identity"
    assert "X-Shopify-Access-Token" not in asked[0].headers


@pytest.mark.parametrize("status", [200, 302, 400, 403, 404, 410, 416])
def test_refused_address_is_to_be_asked_for_anew(status: int) -> None:
    """Expired, moved, gone, or answered without regard to the range."""
    with pytest.raises(NotServed, match=str(status)):
        download(lambda _: httpx.Response(status, content=CONTENT)).piece(URL, 0, 100)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503),
        httpx.Response(206, content=CONTENT[:20]),
        part(0, 9),
        httpx.Response(206, headers={"Content-Range": "bytes 0-19/100"}, content=CONTENT[:10]),
    ],
)
def test_anything_else_may_be_better_later(answer: httpx.Response) -> None:
    """A server error, another piece, a piece that is shorter than it says: none is believed."""
    with pytest.raises(AdminUnavailable) as caught:
        download(lambda _: answer).piece(URL, 0, 20)

    assert not isinstance(caught.value, NotServed)


def test_no_answer_may_be_better_later() -> None:
    """A broken connection is not the address's fault."""

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset", request=request)

    with pytest.raises(AdminUnavailable):
        download(broken).piece(URL, 0, 20)
