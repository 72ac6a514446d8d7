"""What an answer of the Admin API means: data, a refusal, or a reason to come back later."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shopify_app import GQLResult

from shopbridge.errors import AdminQueryRefused, AdminRejected, AdminTooCostly, AdminUnavailable

DENIED = "ACCESS_DENIED"
THROTTLE_SECONDS = 2.0
"""Wait after THROTTLED where Shopify does not say how full the bucket is."""
LONGEST_THROTTLE_SECONDS = 60.0

_LATER = frozenset({"INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of `errors`; its message is left out, since it may quote personal data."""

    code: str
    path: tuple[str | int, ...] = ()

    @property
    def field(self) -> str:
        """Name the place without list positions, for example `nodes.lastOrder`."""
        return ".".join(part for part in self.path if isinstance(part, str))


@dataclass(frozen=True, slots=True)
class Points:
    """Shopify's `throttleStatus`: the app's leaky bucket of query points in this store."""

    available: float
    most: float
    per_second: float
    cost: float = 0.0
    """What the query has taken of it."""

    def seconds_until(self, share: float, beside: float = 0) -> float:
        """Return how long the bucket takes to hold `share` of what it can, `beside` so many."""
        missing = min(self.most, self.most * share + beside) - self.available
        return max(0.0, missing / self.per_second) if self.per_second else 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Data, perhaps with holes: each is explained by a problem."""

    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    points: Points | None = None
    """What is left for further queries, where Shopify says so."""

    @property
    def denied(self) -> tuple[str, ...]:
        """Fields that the app's scopes or its data access level do not cover."""
        return tuple(sorted({p.field for p in self.problems if p.code == DENIED}))


def judge(result: GQLResult) -> Answer:
    """
    Return the data of `result`, also where Shopify left part of it out.

    Raises:
        AdminUnavailable: throttled, failing, or no answer; `retry_after` where known.
        AdminTooCostly: ask for less at once.
        AdminRejected: token, scope, frozen or closed store, or a wrong query.
    """
    status = result.response.status
    if status != HTTPStatus.OK:
        raise _failure(status, result)
    told: dict[str, Any] = {"data": result.data, "extensions": result.extensions}
    if not result.ok:
        told = json.loads(result.response.body)
    extensions = told.get("extensions") or {}
    problems = _problems(told.get("errors"))
    _raise_for_limits(problems, extensions)
    if any(search.get("warnings") for search in extensions.get("search") or ()):
        raise AdminRejected("Shopify ignored a part of the search filter")
    if not isinstance(told.get("data"), dict):
        raise _without_data(problems)
    return Answer(told["data"], problems, _points(extensions))


def _failure(status: int, result: GQLResult) -> AdminRejected | AdminUnavailable:
    if status == 0:
        return AdminUnavailable("no answer")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        headers = result.http_logs[-1].res.headers if result.http_logs else {}
        return AdminUnavailable("429", retry_after=retry_after(headers))
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return AdminUnavailable(str(status))
    return AdminRejected(f"Shopify answered {status}")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, a decimal number of seconds such as `4.0`, from lower-case headers."""
    try:
        return min(max(float(headers.get("retry-after", "")), 0.0), 900.0)
    except ValueError:
        return None


def _problems(errors: object) -> tuple[Problem, ...]:
    if not errors:
        return ()
    if not isinstance(errors, list):
        return (Problem("UNEXPECTED"),)
    return tuple(_problem(error) for error in errors if isinstance(error, dict))


def _problem(error: dict[str, Any]) -> Problem:
    code = (error.get("extensions") or {}).get("code")
    return Problem(str(code or "UNNAMED"), tuple(error.get("path") or ()))


def _raise_for_limits(problems: tuple[Problem, ...], extensions: dict[str, Any]) -> None:
    codes = {problem.code for problem in problems}
    if "THROTTLED" in codes:
        wait = _throttle_seconds(extensions.get("cost") or {})
        raise AdminUnavailable("throttled", retry_after=wait)
    if "MAX_COST_EXCEEDED" in codes:
        raise AdminTooCostly("Shopify refuses a query of this cost")


def _points(extensions: dict[str, Any]) -> Points | None:
    cost = extensions.get("cost") or {}
    status = cost.get("throttleStatus") or {}
    try:
        return Points(
            available=float(status["currentlyAvailable"]),
            most=float(status["maximumAvailable"]),
            per_second=float(status["restoreRate"]),
            cost=float(cost.get("actualQueryCost") or 0),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _throttle_seconds(cost: dict[str, Any]) -> float:
    """Work out when the bucket holds enough for the same query."""
    status = cost.get("throttleStatus") or {}
    try:
        missing = float(cost["requestedQueryCost"]) - float(status["currentlyAvailable"])
        wait = missing / float(status["restoreRate"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return THROTTLE_SECONDS
    return min(max(wait, 1.0), LONGEST_THROTTLE_SECONDS)


def _without_data(problems: tuple[Problem, ...]) -> AdminRejected | AdminUnavailable:
    codes = sorted({problem.code for problem in problems})
    if not codes or _LATER.intersection(codes):
        return AdminUnavailable("no data" if not codes else codes[0])
    kind = AdminRejected if DENIED in codes else AdminQueryRefused
    return kind(f"Shopify refuses: {', '.join(codes)}")
