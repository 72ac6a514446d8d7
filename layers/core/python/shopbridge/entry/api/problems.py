"""What the API answers when it refuses: one shape, nothing of the request in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

JSON: Final = "application/json"
HEADERS: Final = {
    "Content-Type": JSON,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,63}")
_MESSAGES: Final[Mapping[str, str]] = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_pattern_mismatch": "It does not have the form that is expected.",
    "string_too_long": "It is too long.",
    "string_too_short": "It is too short.",
    "too_long": "There are too many.",
    "literal_error": "It is none of the values that are offered.",
    "enum": "It is none of the values that are offered.",
}
_OTHERWISE: Final = "It is not a value that can be used here."
_IN: Final = frozenset({"body", "query", "header", "path"})


class Finding(BaseModel):
    """One thing that is wrong: where, in words for people, and a word for programs."""

    model_config = ConfigDict(frozen=True)

    field: str
    message: str
    code: str


class Refusal(Finding):
    """The first thing that is wrong, and all others."""

    also: tuple[Finding, ...] = ()


class Problem(Exception):
    """Ends a request with `status` and what is wrong."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        message: str,
        field: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.findings: Sequence[Finding] = [Finding(field=field, message=message, code=code)]
        self.headers = headers or {}

    @classmethod
    def of(cls, status: HTTPStatus, findings: Sequence[Finding]) -> "Problem":
        """Make one of several things that are wrong."""
        problem = cls(status, "", "")
        problem.findings = findings
        return problem

    @property
    def refusal(self) -> Refusal:
        """What is told about it."""
        first, *others = self.findings
        return Refusal(**first.model_dump(), also=tuple(others))

    def answer(self) -> dict[str, Any]:
        """Write it as an answer of the HTTP API."""
        return {
            "statusCode": int(self.status),
            "headers": {**HEADERS, **self.headers},
            "body": self.refusal.model_dump_json(),
            "isBase64Encoded": False,
        }


def bad_request(code: str, message: str, field: str = "") -> Problem:
    """A request that can only be refused."""
    return Problem(HTTPStatus.BAD_REQUEST, code, message, field)


def invalid(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """Say what validation found first of each field; pydantic's own words may quote the value."""
    findings = [
        Finding(
            field=_field(error["loc"]),
            message=_MESSAGES.get(error["type"], _OTHERWISE),
            code="unknown_field" if error["type"] == "extra_forbidden" else "invalid",
        )
        for error in errors
    ]
    first = {one.field: one for one in reversed(findings)}
    return Problem.of(HTTPStatus.BAD_REQUEST, [one for one in findings if first[one.field] is one])


def _field(place: Sequence[Any]) -> str:
    """Name a field as the page does; a part that can only come from the request is left out."""
    parts = [str(part) for part in place]
    if parts and parts[0] in _IN:
        parts = parts[1:]
    return ".".join(part for part in parts if part.isdigit() or _NAME.fullmatch(part))
