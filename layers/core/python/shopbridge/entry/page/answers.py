"""What a browser is answered: a page, an asset, a way on, or a sentence."""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from shopbridge.page.assets import TYPES, assets, digest
from shopbridge.page.frame import Frame
from shopbridge.page.refused import WORDS
from shopbridge.page.rendering import rendered

Answer = dict[str, Any]

PLAIN: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of what is not for one store."""

A_YEAR: Final = "public, max-age=31536000, immutable"
"""An asset's address changes with its content."""


def page(html: str, frame: Frame) -> Answer:
    """Show a page of one store."""
    return _answer(HTTPStatus.OK, frame.headers(), html)


def asset(path: str) -> Answer | None:
    """Serve `assets/<digest>/<name>`; an older digest gets the newest, and is not kept."""
    _, version, name = (*path.split("/"), "", "")[:3]
    found = assets().get(name)
    if found is None:
        return None
    headers = {
        "Cache-Control": A_YEAR if version == digest() else "no-store",
        "Content-Type": TYPES[name.rpartition(".")[2]],
        "X-Content-Type-Options": "nosniff",
    }
    return _answer(HTTPStatus.OK, headers, found)


def onward(path: str, **query: str) -> Answer:
    """Send the browser to another page of ours; the way is relative to where it is."""
    return _answer(HTTPStatus.FOUND, {**PLAIN, "Location": f"{path}?{urlencode(query)}"}, "")


def told(status: HTTPStatus) -> Answer:
    """Say in a sentence why there is no page."""
    return _answer(status, PLAIN, rendered("told", sentence=WORDS[status]))


def _answer(status: HTTPStatus, headers: dict[str, str], body: str) -> Answer:
    return {"statusCode": int(status), "headers": headers, "body": body}
