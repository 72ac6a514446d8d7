"""
A call that is signed instead of showing its secret: HMAC over id, time and body.

The headers are those of Standard Webhooks (`webhook-id`, `webhook-timestamp`,
`webhook-signature: v1,<base64>`); the key is the text of the store's secret.
Source: https://github.com/standard-webhooks/standard-webhooks
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

FRESH: Final = timedelta(minutes=5)
"""How old or how far ahead a signature may be."""

_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_SECONDS: Final = re.compile(r"[0-9]{1,11}", re.ASCII)
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed call says of itself."""

    id: str
    at: datetime
    said: bytes
    given: tuple[str, ...]

    def by(self, secrets: Iterable[str]) -> bool:
        """Whether one of `secrets` made one of its signatures."""
        made = [sign(self.said, secret).encode() for secret in secrets]
        given = [one.encode("utf-8", "replace") for one in self.given]
        return any(hmac.compare_digest(a, b) for a in made for b in given)


def signed(headers: Mapping[str, str], body: bytes, now: datetime) -> Signed | None:
    """Read the signature from lower-case headers; None where there is none, or not a fresh one."""
    id_, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [one.partition(",") for one in headers.get("webhook-signature", "").split(" ")]
    first = tuple(value for version, _, value in given if version == "v1")[:_MOST]
    if not (first and _ID.fullmatch(id_) and _SECONDS.fullmatch(stamp)):
        return None
    at = datetime.fromtimestamp(int(stamp), UTC)
    if abs(now - at) > FRESH:
        return None
    return Signed(id_, at, b".".join((id_.encode(), stamp.encode(), body)), first)


def sign(said: bytes, secret: str) -> str:
    """Return the base64 of HMAC-SHA256 of `<id>.<seconds>.<body>`."""
    return b64encode(hmac.digest(secret.encode(), said, "sha256")).decode()
