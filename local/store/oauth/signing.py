"""What Shopify signs for browsers: queries in links, and id tokens."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

import jwt

CLIENT_ID = "shopbridge-local"
ID_TOKEN_SECONDS = 60


def signed_query(shop: str, secret: str, now: datetime, **more: str) -> str:
    """Write a query of `shop` as Shopify signs it."""
    handle = shop.partition(".")[0]
    host = base64.b64encode(f"admin.shopify.com/store/{handle}".encode()).decode().rstrip("=")
    values = {**more, "host": host, "shop": shop, "timestamp": str(int(now.timestamp()))}
    return urlencode({**values, "hmac": signature(values, secret)})


def signature(values: Mapping[str, str], secret: str) -> str:
    """Sign single values: hex over `name=value`, sorted, joined by `&`."""
    text = "&".join(f"{name}={_escaped(value)}" for name, value in sorted(values.items()))
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha256).hex()


def id_token(
    shop: str, secret: str, now: datetime, *, client_id: str = CLIENT_ID, **changes: object
) -> str:
    """Make the embedded page's id token for one user of `shop`; `changes` replace claims."""
    at = int(now.timestamp())
    claims = {
        "iss": f"https://{shop}/admin",
        "dest": f"https://{shop}",
        "aud": client_id,
        "sub": "42",
        "exp": at + ID_TOKEN_SECONDS,
        "nbf": at,
        "iat": at,
        "jti": hashlib.sha256(f"{shop}{at}".encode()).hexdigest()[:32],
        "sid": "made-up",
    }
    kept = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(kept, secret, algorithm="HS256")


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("&", "%26")
