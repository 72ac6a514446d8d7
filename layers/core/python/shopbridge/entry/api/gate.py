"""The shell of the API: lets a request in, hands it to its operation, answers in one shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from shopbridge.entry.api import body, operations, repeats
from shopbridge.entry.api.caller import Caller, Door, Request, nothing_here
from shopbridge.entry.api.desk import Desk
from shopbridge.entry.api.operations import Operation
from shopbridge.entry.api.problems import HEADERS, Problem, bad_request, invalid
from shopbridge.errors import Unavailable
from shopbridge.passing import is_passing
from shopbridge.station import trouble

logger = Logger()

Answer = dict[str, Any]


class Office(Protocol):
    """What the shell needs from outside."""

    @property
    def door(self) -> Door:
        """Says who calls."""

    def desk(self, caller: Caller) -> Desk | None:
        """Return the desk of the caller's store; None where it never installed us."""


@dataclass
class Api:
    """What Lambda calls; built anew for each test, once for each warm function."""

    office: Callable[[], Office]

    def __post_init__(self) -> None:
        self.resolver = _resolver()
        self._paths = operations.by_path()

    def __call__(self, event: Mapping[str, Any], context: Any) -> Answer:
        """Answer one request; nothing that goes wrong shows more than its kind."""
        try:
            return self._served(event, context)
        except Problem as problem:
            return problem.answer()
        except Unavailable as exc:
            return _later(exc)
        except Exception as exc:
            trouble.tell("request failed", exc)
            if is_passing(exc):
                return _later(exc)
            return Problem(
                HTTPStatus.INTERNAL_SERVER_ERROR, "failed", "Something went wrong here."
            ).answer()

    def _served(self, event: Mapping[str, Any], context: Any) -> Answer:
        headers = {name.lower(): str(v) for name, v in (event.get("headers") or {}).items()}
        office = self.office()
        request = office.door.opened(event, headers)
        operation = self._operation(request, event)
        text = body.checked(event, headers)
        if text and not operation.takes_body:
            raise bad_request("no_body", "This takes no body.")
        unknown = (event.get("queryStringParameters") or {}).keys() - operation.queries
        if unknown:
            raise bad_request("unknown_field", "There is no such parameter in the query.")
        desk = office.desk(request.caller)
        if desk is None:
            raise Problem(HTTPStatus.NOT_FOUND, "not_installed", "The app is not installed.")
        answer = self._answered(event, request, operation, headers, text, desk, context)
        keys = {"shop": desk.store.name, "operation": f"{operation.method} {operation.path}"}
        logger.info("request", extra={**keys, "by": request.caller.name, **_status(answer)})
        return answer

    def _operation(self, request: Request, event: Mapping[str, Any]) -> Operation:
        here = self._paths.get(request.path)
        if here is None:
            raise nothing_here()
        method = str(event["requestContext"]["http"]["method"]).upper()
        if method not in here:
            allowed = {"Allow": ", ".join(sorted(here))}
            raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, "method", "Not this way.", "", allowed)
        return here[method]

    def _answered(  # noqa: PLR0913, PLR0917 - what a request consists of
        self,
        event: Mapping[str, Any],
        request: Request,
        operation: Operation,
        headers: Mapping[str, str],
        text: str,
        desk: Desk,
        context: Any,
    ) -> Answer:
        """Answer the request; once only, where it names itself."""

        def answer() -> Answer:
            try:
                return self._resolved(event, request, text, desk, context)
            except Problem as problem:
                return problem.answer()

        key = repeats.key_of(operation.method, headers)
        if key is None or not operation.is_kept:
            return answer()
        seen = headers.get("if-match", "")
        asked = f"{operation.method} {operation.path}\n{seen}\n{text}"
        return desk.repeats.once(key, asked, answer, context)

    def _resolved(
        self, event: Mapping[str, Any], request: Request, text: str, desk: Desk, context: Any
    ) -> Answer:
        self.resolver.append_context(desk=desk)  # type: ignore[no-untyped-call]  # Powertools left it bare
        plain = {**event, "rawPath": request.path, "body": text, "isBase64Encoded": False}
        answer: Answer = self.resolver.resolve(plain, context)
        answer["headers"] = {**answer.get("headers", {}), **HEADERS}
        return answer


def _resolver() -> APIGatewayHttpResolver:
    app = operations.resolver()
    app.exception_handler(RequestValidationError)(_refused)
    app.exception_handler(Exception)(_passed_on)
    return app


def _refused(exc: RequestValidationError) -> NoReturn:
    errors = exc.errors()
    if errors and errors[0]["loc"][:1] == ("response",):
        raise exc  # ours, not the caller's
    raise invalid(errors) from exc


def _passed_on(exc: Exception) -> NoReturn:
    """Leave it to the shell; Powertools itself would log its text."""
    raise exc


def _later(exc: Exception) -> Answer:
    seconds = getattr(exc, "retry_after", None) or 1.0
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "later",
        "Try again in a moment.",
        headers={"Retry-After": str(max(1, round(seconds)))},
    ).answer()


def _status(answer: Answer) -> dict[str, int]:
    return {"status": int(answer["statusCode"])}
