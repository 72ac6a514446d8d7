"""Fakes of the network: a clock, sockets with a script, and what was sent into them."""

from collections.abc import Callable
from email.message import Message
from email.parser import BytesParser
from io import BytesIO, RawIOBase
from typing import Any, NamedTuple

from shopbridge.aws.client import Aws
from shopbridge.aws.wire import Wire

ENVIRON = {
    "AWS_REGION": "ap-south-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "session+token==",
}
NOON = 1_792_929_600.0
"""2026-10-25 12:00 UTC, in seconds since 1970."""


class Clock:
    """A clock that stands still until a test moves it; sleeping moves it too."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


class Silence(RawIOBase):
    """What one reads from a socket on which nothing arrives in time."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Time out."""
        raise TimeoutError("timed out")


class Sent(NamedTuple):
    """A request as it went over the wire."""

    method: str
    target: str
    headers: Message
    body: bytes


class Socket:
    """Plays one answer for each request and keeps what was sent; None never answers."""

    def __init__(self, *answers: bytes | None, elapse: Callable[[], None] = lambda: None) -> None:
        self.answers = list(answers)
        self.timeouts: list[float] = []
        self.closed = False
        self._sent = b""
        self._elapse = elapse

    def settimeout(self, seconds: float) -> None:
        """Note how long the client is ready to wait."""
        self.timeouts.append(seconds)

    def sendall(self, data: bytes) -> None:
        """Keep what the client says."""
        self._sent += data

    def makefile(self, *_: object) -> Any:
        """Answer; once the script is over, the connection is found closed."""
        self._elapse()
        answer = self.answers.pop(0) if self.answers else b""
        return Silence() if answer is None else BytesIO(answer)

    def close(self) -> None:
        """Note that the client hung up."""
        self.closed = True

    @property
    def sent(self) -> Sent:
        """The only request that was sent."""
        line, _, rest = self._sent.partition(b"\r\n")
        head, _, body = rest.partition(b"\r\n\r\n")
        method, target, _ = line.decode().split(" ")
        return Sent(method, target, BytesParser().parsebytes(head + b"\r\n\r\n"), body)


class Dialled:
    """Connects to sockets with a script, in order; an exception is a connection that fails."""

    def __init__(self, *sockets: Socket | OSError) -> None:
        self.sockets = list(sockets)
        self.calls: list[tuple[bool, str, float]] = []

    def __call__(self, secure: bool, host: str, within: float) -> Wire:
        """Connect as `Dial` does."""
        self.calls.append((secure, host, within))
        socket = self.sockets.pop(0)
        if isinstance(socket, OSError):
            raise socket
        return Wire(socket)


def answer(body: bytes = b"{}", status: int = 200, *headers: str) -> bytes:
    """Write an HTTP answer."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def aws(dialled: Dialled, clock: Clock | None = None, **environ: str) -> Aws:
    """Build the client on fakes."""
    clock = clock or Clock()
    return Aws.from_environment(
        {**ENVIRON, **environ}, connect=dialled, clock=clock, sleep=clock.sleep
    )
