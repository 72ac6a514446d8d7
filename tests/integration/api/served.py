"""The settings API as a WSGI application: for Schemathesis, which knows no Lambda."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from shopbridge.entry.api.document import written
from tests.integration.api.calling import Gateway, claims, token

DOCUMENT = "/openapi.json"


@dataclass
class Served:
    """One store's API; `gateway` is set when its account exists."""

    gateway: Gateway | None = None

    @property
    def version(self) -> str:
        """The version that the store has now."""
        assert self.gateway
        return self.gateway("GET", "/settings").etag

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer one request of WSGI."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if path == DOCUMENT:
            start("200 OK", [("Content-Type", "application/json")])
            return [written().encode()]
        assert self.gateway
        said = self.gateway.deliver(
            environ["REQUEST_METHOD"],
            path,
            {**_headers(environ)},
            environ["wsgi.input"].read().decode("utf-8", "surrogateescape"),
            _query(environ["QUERY_STRING"]),
        )
        start(f"{said.status} -", list(said.headers.items()))
        return [said.text.encode()]


def bearer() -> str:
    """Return the header of a merchant's page."""
    return f"Bearer {token(claims())}"


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    found = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    if environ.get("CONTENT_TYPE"):
        found["content-type"] = environ["CONTENT_TYPE"]
    return found


def _query(text: str) -> dict[str, str]:
    """Join what stands twice with a comma, as API Gateway does."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found[name] = f"{found[name]},{value}" if name in found else value
    return found
