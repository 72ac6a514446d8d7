"""What Netcore's answers mean; it reports some failures under HTTP 200."""

import json
import re
from math import isfinite
from typing import Any

from shopbridge.errors import NetcoreKeyRefused, NetcoreRejected, NetcoreUnavailable

INVALID_KEY = "invalid api key"
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
LONGEST_WAIT = 900.0
"""Seconds of a Retry-After that are believed."""


def check(answer: bytes) -> None:
    """
    Accept a 2xx answer, or raise what it says went wrong.

    Netcore does not document the success body of activities and batches: an empty
    one counts as success, JSON that names an error or a page of HTML does not.
    """
    if not answer.strip():
        return
    told = _parsed(answer)
    if not isinstance(told, dict):
        return
    error = told.get("error") or told.get("errors")
    result = str(told.get("result") or "").casefold()
    _require_key(result, error)
    if error or (result and result != "success"):
        raise NetcoreRejected(200, "its answer names an error")


def request_id(answer: bytes) -> str:
    """Do as `check`, and return the id of the job that was accepted; empty where none is named."""
    check(answer)
    told = _parsed(answer) if answer.strip() else None
    named = str(told.get("requestid", "")) if isinstance(told, dict) else ""
    return named if _REQUEST_ID.fullmatch(named) else ""


def summary(answer: bytes) -> dict[str, Any]:
    """Return what a summary of a contact holds, or raise what its answer says went wrong."""
    match _parsed(answer):
        case {"status": str(status), "result": {"user_data": dict(held)}}:
            if status.casefold() == "success":
                return held
        case {"result": str(result)}:
            _require_key(result, None)
        case {"error": error}:
            _require_key("", error)
    raise NetcoreRejected(200, "its answer holds no summary")


def _parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as exc:
        raise NetcoreUnavailable("an answer that is not JSON", ambiguous=True) from exc


def _require_key(result: str, error: object) -> None:
    if INVALID_KEY in (result.casefold(), str(error).casefold()):
        raise NetcoreKeyRefused("Netcore says: Invalid API key")


def retry_after(header: str | None) -> float | None:
    """Read Retry-After in seconds (a decimal, as some gateways write it); None for a date."""
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT) if isfinite(seconds) else None
