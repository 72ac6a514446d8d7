"""
Bad input as data (`tests/fixtures/bad_inputs.json`), made into requests.

Each row starts from a good, signed `orders/create` and says what is wrong with it and how
it has to end. The same rows drive the handlers in process and the running local system.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "fixtures" / "bad_inputs.json"
TOPIC = "orders/create"
NOON = "2026-11-23T12:00:00.000Z"


@dataclass(frozen=True)
class Expected:
    """How a request has to end."""

    status: int
    """HTTP's, as the function answers."""
    outcome: str = ""
    """Of the delivery in the ledger: `published` or `parked`; empty where there is no row."""
    reason: str = ""
    """Why it is parked, or its beginning."""
    worker: str = ""
    """How its activity ends at the worker."""
    activity: Mapping[str, Any] = field(default_factory=dict)
    """Parameters that its activity has at Netcore."""


@dataclass(frozen=True)
class Row:
    """One kind of bad input."""

    id: str
    says: str
    given: Mapping[str, Any]
    expected: Expected
    elsewhere: str = ""
    """Why no handler can be shown this, and what covers it instead."""


@dataclass(frozen=True)
class Request:
    """A POST to `/webhooks/<topic>`."""

    topic: str
    headers: dict[str, str]
    body: bytes
    text: str | None = None
    """What API Gateway hands on as the body where that is not the body's own base64."""


def rows(kind: str = "W") -> list[Row]:
    """Return the rows whose id begins with `kind`."""
    document = json.loads(DATA.read_text())
    return [
        Row(
            id=row["id"],
            says=row["says"],
            given=row.get("given", {}),
            expected=Expected(**row.get("expected", {"status": 0})),
            elsewhere=row.get("elsewhere", ""),
        )
        for row in document["rows"]
        if row["id"].startswith(kind)
    ]


def order() -> dict[str, Any]:
    """Return the good order that every row starts from."""
    good: dict[str, Any] = json.loads(DATA.read_text())["order"]
    return good


def request(
    row: Row, *, shop: str, secret: str, event_id: str, triggered_at: str = NOON
) -> Request:
    """Make the row's request to the store `shop`, whose app has this client secret."""
    given = row.given
    body = _body(given)
    signed = body if "signed" not in given else _edited(body, given["signed"])
    headers = {
        "Content-Type": "application/json",
        "X-Shopify-Topic": TOPIC,
        "X-Shopify-Hmac-Sha256": sign(signed, secret),
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-API-Version": "2026-10",
        "X-Shopify-Webhook-Id": f"w-{event_id}",
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Triggered-At": triggered_at,
    }
    for name, value in given.get("headers", {}).items():
        if value is None:
            del headers[name]
        else:
            headers[name] = _header(value, signed, secret, shop)
    case = getattr(str, given.get("case", "strip"))
    headers = {case(name): value for name, value in headers.items()}
    return Request(TOPIC, headers, body, given.get("text"))


def lambda_event(request: Request) -> dict[str, Any]:
    """Wrap a request as API Gateway's HTTP API does (payload format 2.0)."""
    text = request.text
    if text is None:
        text = base64.b64encode(request.body).decode()
    return {
        "version": "2.0",
        "routeKey": f"POST /webhooks/{request.topic}",
        "rawPath": f"/webhooks/{request.topic}",
        "rawQueryString": "",
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "requestContext": {"http": {"method": "POST", "path": f"/webhooks/{request.topic}"}},
        "body": text,
        "isBase64Encoded": True,
    }


def sign(body: bytes, secret: str) -> str:
    """Return the signature that Shopify sends with `body`."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def encode(body: Mapping[str, Any]) -> bytes:
    """Write a body compactly, in UTF-8."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _body(given: Mapping[str, Any]) -> bytes:
    if "hex" in given:
        return bytes.fromhex(given["hex"])
    if "raw" in given:
        return str(given["raw"]).encode()
    good = order()
    for path, value in given.get("set", {}).items():
        _set(good, path, value)
    for name in given.get("unset", ()):
        del good[name]
    if lines := given.get("line_items"):
        good["line_items"] *= lines
    if tags := given.get("tags"):
        good["tags"] = ", ".join(f"tag {number}" for number in range(tags))
    if padding := given.get("padding"):
        good["note"] = incompressible(padding)
    if "depth" in given:
        depth = int(given["depth"])
        return b'{"note_attributes":' + b"[" * depth + b"]" * depth + b"," + encode(good)[1:]
    return _edited(encode(good), given)


def _edited(body: bytes, given: Mapping[str, Any]) -> bytes:
    """Change the bytes: replace texts, recode, add before or behind, cut."""
    for old, new in given.get("replace", ()):
        changed = body.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)
        assert changed != body, f"{old} is not in the body"
        body = changed
    for old, new in given.get("replace_hex", ()):
        body = body.replace(old.encode(), bytes.fromhex(new), 1)
    body = body.decode().encode(given["encoding"]) if "encoding" in given else body
    body = bytes.fromhex(given.get("before_hex", "")) + body + given.get("behind", "").encode()
    length: int | None = given.get("cut")
    return body[:length]


def _header(value: str, signed: bytes, secret: str, shop: str) -> str:
    """Fill a header in: `{hmac}` is the right signature, `{hex}` its hex form, and so on."""
    right = sign(signed, secret)
    digest = base64.b64decode(right)
    other = "B" if right[-2] != "B" else "C"
    return (
        value.replace("{hmac}", right)
        .replace("{hex}", digest.hex())
        .replace("{urlsafe}", base64.urlsafe_b64encode(digest).decode())
        .replace("{unpadded}", right.rstrip("="))
        .replace("{loose}", right[:-2] + other + "=")
        .replace("{other}", sign(signed + b" ", secret))
        .replace("{shop}", shop)
        .replace("{100 kB}", "A" * 100_000)
        .replace("{3 kB}", "e" * 3_000)
    )


def _set(tree: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        tree = tree[parent]
    tree[last] = value


def incompressible(length: int) -> str:
    """Write text that no compression makes small, the same each time."""
    blocks = (hashlib.sha512(str(n).encode()).digest() for n in range(length // 86 + 2))
    return base64.b64encode(b"".join(blocks)).decode()[:length]
