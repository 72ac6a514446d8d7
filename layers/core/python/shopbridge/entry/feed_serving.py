"""
The shell of `GET /catalogue/<address>.xml` and `.json`: what a feed's puller is answered.

Whoever knows the address may read the feed. What leads nowhere is answered in one way,
whether it never led anywhere, no longer does, or is no address at all.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools import Logger
from botocore.exceptions import ClientError

from shopbridge.catalogue.feed import Build
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.objects import Objects
from shopbridge.catalogue.wording import TYPES, Format
from shopbridge.passing import is_passing
from shopbridge.station import trouble
from shopbridge.stores.store import Store

logger = Logger()

Answer = dict[str, Any]

LARGEST_BYTES: Final = 4_000_000
"""What one answer carries: Lambda lets 6 MB out, and base64 makes four bytes of three."""

SOON_SECONDS: Final = 300
"""When to come again for a feed that is about to be built."""

PLAIN: Final = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

_NAME: Final = re.compile(r"([A-Za-z0-9_-]{32})\.(xml|json)")


@dataclass(frozen=True)
class Services:
    """What an answer needs."""

    feeds: Feeds
    objects: Objects
    store: Callable[[str], Store | None]


@dataclass(frozen=True)
class ServeFeed:
    """What Lambda calls; it logs whose feed was asked for, never by which address."""

    services: Callable[[], Services]
    largest_bytes: int = LARGEST_BYTES

    def __call__(self, event: Mapping[str, Any], context: object) -> Answer:
        """Answer one request; nothing that goes wrong shows more than its kind."""
        try:
            return self._served(event)
        except Exception as exc:
            trouble.tell("feed not served", exc)
            if is_passing(exc):
                return _later()
            return _said(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _served(self, event: Mapping[str, Any]) -> Answer:
        name = _NAME.fullmatch(str((event.get("pathParameters") or {}).get("feed", "")))
        if name is None:
            return _said(HTTPStatus.NOT_FOUND)
        services = self.services()
        feed = services.feeds.at(name[1])
        store = services.store(feed.store) if feed else None
        if feed is None or store is None or not _leads_to(store, feed.epoch):
            return _said(HTTPStatus.NOT_FOUND)
        format_: Format = "xml" if name[2] == "xml" else "json"
        answer = self._of(store, feed.build, format_, _headers(event))
        logger.info("feed", extra={"shop": store.name, "status": answer["statusCode"]})
        return answer

    def _of(
        self, store: Store, build: Build | None, format_: Format, asked: Mapping[str, str]
    ) -> Answer:
        if not store.settings.product_catalogue:
            return _said(HTTPStatus.GONE)
        if build is None:
            return _later()
        gzipped = _takes_gzip(asked.get("accept-encoding", ""))
        written = build.contents.formats[format_]
        headers = {
            **PLAIN,
            "ETag": f'"{written.etag}{"-gzip" if gzipped else ""}"',
            "Vary": "Accept-Encoding",
        }
        if _is_known(asked.get("if-none-match", ""), written.etag):
            return _answer(HTTPStatus.NOT_MODIFIED, headers)
        objects = self.services().objects
        if (written.gzip_size if gzipped else written.size) > self.largest_bytes:
            headers["Location"] = objects.link(build.prefix, format_, gzipped)
            return _answer(HTTPStatus.FOUND, headers)
        try:
            body = objects.read(build.prefix, format_, gzipped)
        except ClientError as exc:
            if exc.response["Error"]["Code"] != "NoSuchKey":
                raise
            return _later()
        headers["Content-Type"] = TYPES[format_]
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        return _answer(HTTPStatus.OK, headers, body)


def _leads_to(store: Store, epoch: int) -> bool:
    """Whether the store still is the one that the address was made for."""
    return store.status != "uninstalled" and store.epoch == epoch


def _headers(event: Mapping[str, Any]) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}


def _takes_gzip(accepted: str) -> bool:
    """Read Accept-Encoding: `gzip`, unless its weight is zero."""
    for each in accepted.lower().split(","):
        coding, _, weight = (part.strip() for part in each.partition(";"))
        if coding in ("gzip", "*"):
            return weight.replace(" ", "").rstrip("0.") != "q="
    return False


def _is_known(seen: str, etag: str) -> bool:
    """Read If-None-Match: the same content, compressed or not, is no news."""
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in seen.split(",")}
    return not tags.isdisjoint({"*", etag, f"{etag}-gzip"})


def _later() -> Answer:
    headers = {**PLAIN, "Retry-After": str(SOON_SECONDS)}
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, headers)


def _said(status: HTTPStatus) -> Answer:
    return _answer(status, {**PLAIN, "Content-Type": "text/plain"}, status.phrase.encode())


def _answer(status: HTTPStatus, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    return {
        "statusCode": int(status),
        "headers": dict(headers),
        "body": b64encode(body).decode(),
        "isBase64Encoded": True,
    }
