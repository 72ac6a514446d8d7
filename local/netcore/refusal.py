"""Netcore's no."""

from http import HTTPStatus


class Refused(Exception):
    """Netcore does not accept the request, as a whole; the reason quotes no value from it."""

    def __init__(self, reason: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
