"""Every operation of the API: method, path, function, and how else it may end."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus as Http
from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from shopbridge.entry.api import (
    activity,
    catalogue,
    connection,
    customers,
    events,
    parked,
    privacy,
    scopes,
    sending,
    settings,
    status,
    subscriptions,
    sync,
    to_shopify,
)


@dataclass(frozen=True)
class Operation:
    """One thing that a merchant's page or an operator can ask for."""

    method: str
    path: str
    function: Callable[..., Any]
    refuses: tuple[Http, ...] = ()
    """Statuses beside those that every operation may end with."""
    is_kept: bool = True
    """Whether its answer may be kept for a repeat; not where the answer itself opens something."""

    @cached_property
    def queries(self) -> frozenset[str]:
        """Names in the query that it knows."""
        return frozenset(self._of(Query))

    @property
    def takes_body(self) -> bool:
        """Whether a body comes with it."""
        return bool(self._of(Body))

    @property
    def summary(self) -> str:
        """First line of its docstring, or the one after a bare quote."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0].rstrip(".")

    def _of(self, kind: type) -> list[str]:
        parameters = inspect.signature(self.function).parameters
        return [
            name
            for name, parameter in parameters.items()
            if any(isinstance(m, kind) for m in getattr(parameter.annotation, "__metadata__", ()))
        ]


CHANGES: Final = (Http.CONFLICT, Http.PRECONDITION_FAILED, Http.UNPROCESSABLE_ENTITY)

OPERATIONS: Final = (
    Operation("GET", "/settings", settings.read),
    Operation("PUT", "/settings", settings.replace, CHANGES),
    Operation("GET", "/settings/changes", settings.changes),
    Operation("POST", "/enable", sending.enable, (Http.CONFLICT, Http.PRECONDITION_FAILED)),
    Operation("POST", "/pause", sending.pause, (Http.CONFLICT, Http.PRECONDITION_FAILED)),
    Operation("PUT", "/netcore", connection.connect, CHANGES),
    Operation("POST", "/netcore/test", connection.test, (Http.CONFLICT,)),
    Operation("GET", "/status", status.overview),
    Operation("POST", "/scopes", scopes.ask, (Http.CONFLICT,)),
    Operation("GET", "/customers/lacking", customers.lacking, (Http.CONFLICT,)),
    Operation("GET", "/subscriptions", subscriptions.subscriptions),
    Operation("GET", "/events", events.events),
    Operation("GET", "/activity", activity.search),
    Operation("POST", "/activity/by-email", activity.search_by_email, (Http.CONFLICT,)),
    Operation("POST", "/activity/send-again", activity.send_again, (Http.CONFLICT, Http.GONE)),
    Operation("GET", "/parked", parked.waiting),
    Operation("GET", "/sync", sync.status),
    Operation("GET", "/sync/gaps", sync.gaps),
    Operation("POST", "/sync/start", sync.start, (Http.CONFLICT,)),
    Operation("POST", "/sync/retry", sync.retry, (Http.CONFLICT,)),
    Operation("POST", "/sync/extend", sync.extend, (Http.CONFLICT,)),
    Operation("POST", "/sync/pause", sync.pause, (Http.CONFLICT,)),
    Operation("POST", "/sync/resume", sync.resume, (Http.CONFLICT,)),
    Operation("POST", "/sync/cancel", sync.cancel, (Http.CONFLICT,)),
    Operation("GET", "/catalogue/feed", catalogue.feed),
    Operation(
        "POST",
        "/catalogue/feed/rotate",
        catalogue.rotate,
        (Http.CONFLICT,),
        is_kept=False,
    ),
    Operation("GET", "/to-shopify", to_shopify.inbound),
    Operation("POST", "/to-shopify/secret", to_shopify.new_secret, (Http.CONFLICT,), is_kept=False),
    Operation("GET", "/privacy/requests", privacy.requests),
    Operation(
        "POST", "/privacy/requests/link", privacy.link, (Http.CONFLICT, Http.GONE), is_kept=False
    ),
)


def by_path() -> Mapping[str, Mapping[str, Operation]]:
    """Each path with its operations by method."""
    found: dict[str, dict[str, Operation]] = {}
    for one in OPERATIONS:
        found.setdefault(one.path, {})[one.method] = one
    return found


def resolver() -> APIGatewayHttpResolver:
    """Build Powertools' resolver with all operations; paths begin after the caller's prefix."""
    app = APIGatewayHttpResolver(enable_validation=True)
    for one in OPERATIONS:
        app.route(
            one.path,
            one.method,
            summary=one.summary,
            operation_id=f"{one.method.lower()}{one.path.title()}".replace("/", "").replace(
                "-", ""
            ),
            tags=[one.path.split("/")[1]],
        )(one.function)
    return app
