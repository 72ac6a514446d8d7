"""Netcore's bodies, odd ones included; those that its documentation does not show are ours."""

import json
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, Response


class AsciiJSONResponse(JSONResponse):
    """JSON that can hold every string a request can, lone surrogates included."""

    def render(self, content: Any) -> bytes:
        """Escape whatever is not ASCII."""
        return json.dumps(content).encode("ascii")


def _json(
    content: Any, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    gateway = {"x-amzn-requestid": str(uuid.uuid4()), **(headers or {})}
    return AsciiJSONResponse(content, status_code=status, headers=gateway)


def success() -> Response:
    """`apiv2` and `v3` took it."""
    return _json({"requestid": uuid.uuid4().hex, "result": "Success"})


def activity_success() -> Response:
    """The activity API took it, or says so: what it does not store gets the same answer."""
    return _json({"status": "success"})


def summary(primary_key: str, user_data: Mapping[str, Any]) -> Response:
    """`apiv2` tells what is held of a contact."""
    told = {"status": "success", "primary_key": primary_key, "result": {"user_data": user_data}}
    return _json(told)


def failed(result: str) -> Response:
    """`apiv2` did not take it; it says so under 200."""
    return _json({"result": result})


def refused(reason: str, status: HTTPStatus) -> Response:
    """`v3` or the activity API refuses the request."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _json({"message": "Request Too Long"}, status)
    return _json({"error": reason}, status)


def missing_token() -> Response:
    """API Gateway stops an activity upload with no key or a wrong one."""
    return _json(
        {"message": "Missing Authentication Token"},
        HTTPStatus.FORBIDDEN,
        {"x-amzn-errortype": "MissingAuthenticationTokenException"},
    )


def wrong_key(*, given: bool) -> Response:
    """`v3` stops a call: 401 without a key, 403 with a wrong one."""
    if given:
        return _json({"error": "Invalid API key"}, HTTPStatus.FORBIDDEN)
    return _json({"error": "API key is missing"}, HTTPStatus.UNAUTHORIZED)
