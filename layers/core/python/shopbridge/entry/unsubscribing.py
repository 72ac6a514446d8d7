"""The shell around a link to unsubscribe: a page that asks, and a POST that does it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from shopbridge.aws.errors import AwsRejected
from shopbridge.commands import Identity, Unsubscribe
from shopbridge.entry.acceptance import Acceptance, Meant
from shopbridge.entry.ingest import Services
from shopbridge.errors import Unavailable
from shopbridge.message import Head, Message
from shopbridge.page.unsubscribing import HEADERS, shown
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify.domain import SUFFIX
from shopbridge.station import trouble
from shopbridge.stores.profile import Profile
from shopbridge.to_shopify.links import Link, read

TOPIC: Final = "unsubscribe/link"
SECONDS: Final = 8.0
"""How long the function works on one request; Lambda ends it after 10."""

_EVERY: Final = 10
"""Seconds within which a link that is used again says nothing new: a flood of one is one."""
_ONE_CLICK: Final = "List-Unsubscribe=One-Click"
"""What a mail program posts; set by RFC 8058."""

Answer = dict[str, Any]


@dataclass(frozen=True)
class Unsubscribing:
    """
    The function behind `/u/<token>`. GET changes nothing: mail programs look at links.

    A forged or foreign token is answered as one that does not exist.
    """

    services: Callable[[], Services]

    def __call__(self, event: Mapping[str, Any], context: object) -> Answer:
        """Serve one request of API Gateway's."""
        services = self.services()
        services.end_by(services.now().timestamp() + SECONDS)
        try:
            return self._served(event, services)
        except (Unavailable, AwsRejected, *AWS_FAILURES) as exc:
            trouble.tell("unavailable", exc, topic=TOPIC)
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "later")

    def _served(self, event: Mapping[str, Any], services: Services) -> Answer:
        token = str((event.get("pathParameters") or {}).get("token", ""))
        link = read(token, services.secrets.current())
        link = link or read(token, services.secrets.after_mismatch())
        if link is None:
            return _answer(HTTPStatus.NOT_FOUND, "unknown")
        if link.is_over(services.now()):
            return _answer(HTTPStatus.GONE, "expired", link)
        if event["requestContext"]["http"]["method"] != "POST":
            return _answer(HTTPStatus.OK, "asked", link)
        if services.profiles.get(link.store) is None:
            return _answer(HTTPStatus.NOT_FOUND, "unknown")
        source = "one_click" if _ONE_CLICK in str(event.get("body") or "") else "page"
        _take(link, token, source, services)
        return _answer(HTTPStatus.OK, "done", link)


def _take(link: Link, token: str, source: str, services: Services) -> None:
    """Record what somebody clicked and publish it; nothing of it goes to the archive."""
    now = services.now()
    command = Unsubscribe(Identity(link.customer_id), link.channel, now, source)

    def meant(message: Message, store: Profile) -> Meant:
        del message, store
        return Meant(f"customer#{link.customer_id}", "", (command,))

    Acceptance(meant, archived=False).accept(Message(_head(link, token, now)), services)


def _head(link: Link, token: str, now: datetime) -> Head:
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Head(
        store=link.store,
        topic=TOPIC,
        event_id=f"link-{digest[:32]}-{int(now.timestamp()) // _EVERY}",
        digest=digest[:16],
        triggered_at=now,
        received_at=now,
    )


def _answer(status: HTTPStatus, step: str, link: Link | None = None) -> Answer:
    shop = link.store.removesuffix(SUFFIX) if link else ""
    channel = link.channel if link else "email"
    return {
        "statusCode": status.value,
        "headers": HEADERS,
        "body": shown(step, shop=shop, channel=channel),
    }
