"""
HTTP/1.1 over one open socket, as far as AWS's services speak it.

Not `http.client`: that reads headers with the `email` package, whose import alone is a
sixth of a topic function's cold start.
"""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from shopbridge.aws import answer
from shopbridge.aws.answer import Answer


class Socket(Protocol):
    """What is used of a connected socket, plain or TLS."""

    def settimeout(self, seconds: float, /) -> None:
        """Let no single read or write last longer."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of it."""

    def makefile(self, mode: Literal["rb"], /) -> Any:
        """Return what arrives, buffered."""

    def close(self) -> None:
        """Hang up."""


class Wire:
    """One connection; `is_open` until either side ends it."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self.is_open = True

    def exchange(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        seconds: float,
    ) -> Answer:
        """
        Send one request and read its answer.

        Args:
            headers: length and accepted encodings are added.
            seconds: how long each single read and write may take.

        Raises:
            BrokenAnswer: the connection ended, or what came is not HTTP.
            AwsRejected: the answer is larger than 1 MB.
            OSError: of the socket; TimeoutError where it waited in vain.
            ValueError: a header or the target holds what would end its line.
        """
        self._socket.settimeout(seconds)
        self._socket.sendall(_head(method, target, headers, len(body)) + body)
        with self._socket.makefile("rb") as stream:
            given = answer.read(stream)
        if given.is_last:
            self.close()
        return given

    def close(self) -> None:
        """Hang up."""
        self.is_open = False
        self._socket.close()


def _head(method: str, target: str, headers: Mapping[str, str], length: int) -> bytes:
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += ["accept-encoding: identity", f"content-length: {length}"]
    if " " in target or any("\r" in line or "\n" in line for line in lines):
        raise ValueError("Invalid header: it, or the target, holds what would end its line")
    return "\r\n".join((*lines, "", "")).encode("latin-1")
