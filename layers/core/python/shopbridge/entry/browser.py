"""The shell around what a merchant's browser asks for: reads the request, answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger, Metrics

from shopbridge.errors import (
    Forbidden,
    GrantRefused,
    InvalidRequest,
    InvalidSignature,
    Rejected,
    Unavailable,
)
from shopbridge.install.desk import Desk, Reply, Visit
from shopbridge.passing import AWS_FAILURES
from shopbridge.station import trouble
from shopbridge.telemetry import NAMESPACE

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Content-Type": "text/plain; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
RETRY_ID_TOKEN = {"X-Shopify-Retry-Invalid-Session-Request": "1"}
"""App Bridge fetches a new id token and asks again."""

TELL = {
    HTTPStatus.BAD_REQUEST: "This link is not complete. Open the app in your Shopify admin.",
    HTTPStatus.UNAUTHORIZED: "This link has expired. Open the app in your Shopify admin.",
    HTTPStatus.FORBIDDEN: "The app was not installed. Open it in your Shopify admin and grant "
    "all that it asks for, in the same browser.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Something did not answer. Open the app in your Shopify "
    "admin again in a minute.",
}
"""What a merchant reads; nothing of the request is repeated."""

_STATUS: tuple[tuple[type[Rejected], HTTPStatus], ...] = (
    (InvalidRequest, HTTPStatus.BAD_REQUEST),
    (InvalidSignature, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (GrantRefused, HTTPStatus.BAD_REQUEST),
    (Rejected, HTTPStatus.FORBIDDEN),
)

Serve = Callable[[Visit, Desk], Reply]


@dataclass(frozen=True)
class Page:
    """The function of one route: `serve` answers, whatever it raises becomes a status."""

    route: str
    serve: Serve
    desk: Callable[[], Desk]

    def __call__(self, event: Mapping[str, Any], context: object) -> dict[str, Any]:
        """Serve one API Gateway HTTP request (payload format 2.0)."""
        try:
            return _answer(self.serve(_visit(event), self.desk()))
        except Rejected as exc:
            status = next(status for kind, status in _STATUS if isinstance(exc, kind))
            logger.warning("refused", extra={"route": self.route, "reason": str(exc)})
            metrics.add_metric(name="Refused", unit="Count", value=1)
            metrics.flush_metrics()
        except (Unavailable, *AWS_FAILURES) as exc:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            trouble.tell("unavailable", exc, route=self.route)
        retry = RETRY_ID_TOKEN if status == HTTPStatus.UNAUTHORIZED else {}
        return _answer(Reply(status, retry, body=TELL[status]))


def _visit(event: Mapping[str, Any]) -> Visit:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    cookies = event.get("cookies") or headers.get("cookie", "").split(";")
    return Visit(
        query=event.get("rawQueryString") or "",
        cookies=tuple(cookies),
        authorization=headers.get("authorization", ""),
    )


def _answer(reply: Reply) -> dict[str, Any]:
    return {
        "statusCode": reply.status.value,
        "headers": {**HEADERS, **reply.headers},
        "cookies": list(reply.cookies),
        "body": reply.body,
    }
