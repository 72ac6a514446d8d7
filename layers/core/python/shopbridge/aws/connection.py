"""One kept-alive HTTP connection to one host."""

import ssl
from collections.abc import Callable, Mapping

import msgspec

from shopbridge.aws.answer import Answer, BrokenAnswer
from shopbridge.aws.errors import AwsConnectionLost, AwsUnavailable
from shopbridge.aws.wire import Wire

IDLE_LIMIT = 20.0
"""
Seconds after which a connection is not used again: while Lambda keeps a function frozen,
the other side may leave without the function noticing.
"""

OpenConnection = Callable[[bool, str, float], Wire]
"""Connects: (https?, host, seconds) -> connection."""

Clock = Callable[[], float]
"""
Seconds since 1970. The wall clock serves deadlines too, and so does what is idle:
a monotonic one may stand still while the function is frozen.
"""


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds to wait: for a connection, for an answer, and for a call with its second try."""

    connect: float = 0.5
    read: float = 1.0
    call: float = 1.5


class Connection:
    """Sends requests to one host, one after the other; connects when it must."""

    def __init__(
        self, secure: bool, host: str, connect: OpenConnection, clock: Clock, timeouts: Timeouts
    ) -> None:
        self._secure = secure
        self._host = host
        self._connect = connect
        self._clock = clock
        self._timeouts = timeouts
        self._kept: Wire | None = None
        self._kept_at = 0.0

    def exchange(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, *, until: float
    ) -> Answer:
        """
        Send one request and read its answer, whatever its status.

        Raises:
            AwsConnectionLost: the connection broke; a new one may do better at once.
            AwsUnavailable: no connection, or no answer in time.
            AwsRejected: the answer is larger than `ANSWER_LIMIT`.
        """
        try:
            wire = self._take(until)
            try:
                seconds = min(self._timeouts.read, self._left(until))
                answer = wire.exchange(method, target, headers, body, seconds=seconds)
            except BaseException:
                wire.close()
                raise
        except TimeoutError as exc:
            raise AwsUnavailable(f"{self._host}: timed out") from exc
        except (*_BROKEN, BrokenAnswer) as exc:
            raise AwsConnectionLost(f"{self._host}: {type(exc).__name__}") from exc
        except OSError as exc:
            raise AwsUnavailable(f"{self._host}: {type(exc).__name__}") from exc
        self._kept, self._kept_at = wire, self._clock()
        return answer

    def close(self) -> None:
        """Hang up; the next request connects again."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _take(self, until: float) -> Wire:
        """Hand out the kept connection, which is no longer kept, or a new one."""
        if self._clock() - self._kept_at > IDLE_LIMIT:
            self.close()
        kept, self._kept = self._kept, None
        if kept is not None and kept.is_open:
            return kept
        return self._connect(
            self._secure, self._host, min(self._timeouts.connect, self._left(until))
        )

    def _left(self, until: float) -> float:
        left = until - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


_BROKEN = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, ssl.SSLEOFError)
