"""
AWS Signature Version 4 for requests that are held in memory.

A contract test compares every signature with botocore's.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hmac
import time
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from shopbridge.aws.credentials import Credentials
from shopbridge.aws.percent import encoded


def sign(  # noqa: PLR0913, PLR0917 - the parts of a request, and who signs it
    method: str,
    host: str,
    path: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
    *,
    service: str,
    region: str,
    credentials: Credentials,
    at: float,
) -> dict[str, str]:
    """
    Return all headers to send: those given, in lower case, and the signature over them.

    Args:
        host: as the `Host` header says it, with the port unless it is the scheme's own.
        path: percent-encoded, as it goes over the wire; no dot segments, save for S3.
        query: not encoded; sent as `query_string` writes it.
        at: now, seconds since 1970. AWS refuses what is off by more than 5 minutes.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at))
    digest = sha256(body).hexdigest()
    signed = {name.lower(): value for name, value in headers.items()}
    signed["host"] = host
    signed["x-amz-date"] = stamp
    if credentials.session_token:
        signed["x-amz-security-token"] = credentials.session_token
    if service == "s3":
        signed["x-amz-content-sha256"] = digest
    else:
        path = encoded(path, b"/")  # signed encoded twice; S3 alone differs
    names = ";".join(sorted(signed))
    canonical = f"{method}\n{path}\n{query_string(query)}\n{_lines(signed)}\n{names}\n{digest}"
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    key = _signing_key(credentials.secret_key, stamp[:8], region, service)
    signed["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, "
        f"SignedHeaders={names}, Signature={hmac.digest(key, text.encode(), 'sha256').hex()}"
    )
    return signed


def _lines(headers: Mapping[str, str]) -> str:
    return "".join([f"{name}:{' '.join(headers[name].split())}\n" for name in sorted(headers)])


def query_string(query: Mapping[str, str]) -> str:
    """Write a query as it is signed and sent: encoded and in order."""
    pairs = sorted((encoded(name), encoded(value)) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


@lru_cache(maxsize=16)
def _signing_key(secret_key: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
