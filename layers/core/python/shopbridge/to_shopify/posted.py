"""One call of Netcore's: whose it says to be, what proves it, and which event it is."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, get_args
from urllib.parse import parse_qsl

from shopbridge.errors import InvalidRequest
from shopbridge.message import Head
from shopbridge.shopify.domain import is_store
from shopbridge.to_shopify.reading import Meaning, Reading
from shopbridge.to_shopify.secrets import InboundSecrets, shown
from shopbridge.to_shopify.signature import Signed, signed

TOPICS: Final[Mapping[str, Meaning]] = {f"netcore/{one}": one for one in get_args(Meaning)}
"""Topic of a delivery to what its address says of it; a replay knows it by its topic."""

LARGEST: Final = 512 * 1024
"""Bytes of a body; a thousand events of the Email API."""
_SECRET: Final = "x-shopbridge-secret"
_BEARER: Final = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_LONGEST_SECRET: Final = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it came."""

    store: str
    topic: str
    body: bytes
    headers: Mapping[str, str]
    path_secret: str = ""
    signed: Signed | None = field(default=None)
    """Its signature, where it brings one that is fresh; not checked yet."""
    claims_signature: bool = False

    def is_genuine(self, secrets: InboundSecrets) -> bool:
        """
        Whether it shows one of the store's secrets, or is signed with one.

        A signature counts before a secret: a signed call that was changed is nobody's.
        """
        valid = secrets.valid() if self.store else []
        if self.claims_signature:
            shown("", valid)
            return self.signed is not None and self.signed.by(map(secrets.open, valid))
        return shown(self._given[:_LONGEST_SECRET], valid)

    def head(self, reading: Reading | None, now: datetime) -> Head:
        """
        Name the delivery.

        A signed call names its event, and one whose times are all its own is the same event
        whenever it comes; anything else is a new word each time: rather said twice than lost.
        """
        whole = hashlib.sha256(self.body).hexdigest()
        named = f"netcore-{self.signed.id if self.signed else whole[:32]}"
        again = self.signed or (reading and reading.is_dated)
        return Head(
            store=self.store,
            topic=self.topic,
            event_id=named if again else f"{named}-{now:%Y%m%dT%H%M%S%f}",
            digest=whole[:16],
            triggered_at=now,
            received_at=now,
        )

    @property
    def _given(self) -> str:
        bearer = _BEARER.fullmatch(self.headers.get("authorization", ""))
        return self.path_secret or self.headers.get(_SECRET, "") or (bearer[1] if bearer else "")


def posted(event: Mapping[str, Any], now: datetime) -> Posted:
    """
    Read a request of API Gateway's (payload format 2.0).

    Raises:
        InvalidRequest: no store is named, or the address says something that we do not know.
    """
    path = event.get("pathParameters") or {}
    store = str(path.get("store", "")).lower()
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    body = _body(event)
    return Posted(
        store=store if is_store(store) else "",
        topic=_topic(str(event.get("rawQueryString") or "")),
        body=body,
        headers=headers,
        path_secret=str(path.get("secret", "")),
        signed=signed(headers, body, now),
        claims_signature="webhook-signature" in headers,
    )


def inbound_url(base: str, store: str) -> str:
    """Return where Netcore posts to for `store`, below the app's own address."""
    return f"{base.rstrip('/')}/netcore/{store}/events"


def meaning_of(topic: str) -> Meaning:
    """Return what the address of a delivery said."""
    return TOPICS[topic]


def resource_of(commands: Sequence[Any]) -> str:
    """Name the one customer that all is about, as the ledger does; else only what it is."""
    people = {command.person.customer_id for command in commands}
    (only,) = people if len(people) == 1 else (None,)
    return f"customer#{only}" if only else "netcore#events"


def _topic(query: str) -> str:
    try:
        asked = dict(parse_qsl(query, max_num_fields=5))
    except ValueError as exc:
        raise InvalidRequest("too many parameters") from exc
    word = asked.get("as", "events")
    if f"netcore/{word}" not in TOPICS or asked.keys() - {"as"}:
        raise InvalidRequest(f"as: one of {', '.join(TOPICS.values())}")
    return f"netcore/{word}"


def _body(event: Mapping[str, Any]) -> bytes:
    text = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise InvalidRequest("the body is not what it says") from exc
