"""Signed calls to one AWS service, each with at most one second try."""

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

import msgspec

from shopbridge.aws.answer import Answer
from shopbridge.aws.connection import Clock, Connection, OpenConnection, Timeouts
from shopbridge.aws.credentials import Credentials
from shopbridge.aws.dial import Dial
from shopbridge.aws.errors import AwsBusy, AwsConnectionLost
from shopbridge.aws.failures import failure
from shopbridge.aws.sigv4 import sign

PAUSE = 0.05
"""Seconds before the second try after a 5xx or throttling; DynamoDB's own default."""


class Session:
    """What all calls of one function share: identity, region, open connections, time."""

    def __init__(  # noqa: PLR0913 - everything about the outside is handed in here, once
        self,
        region: str,
        credentials: Credentials,
        *,
        endpoint_url: str | None = None,
        timeouts: Timeouts | None = None,
        connect: OpenConnection | None = None,
        clock: Clock = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.region = region
        self.credentials = credentials
        self.endpoint_url = endpoint_url
        self.timeouts = timeouts or Timeouts()
        self.clock = clock
        self.sleep = sleep
        self.ends_at = float("inf")
        self._connect = connect or Dial()
        self._connections: dict[tuple[bool, str], Connection] = {}

    def url(self, name: str) -> str:
        """Return the address of `name` (`sns`, `bucket.s3`), or the one that replaces them all."""
        suffix = "amazonaws.com.cn" if self.region.startswith("cn-") else "amazonaws.com"
        return self.endpoint_url or f"https://{name}.{self.region}.{suffix}"

    def connection(self, secure: bool, host: str) -> Connection:
        """Return the one connection to `host`."""
        key = (secure, host)
        if key not in self._connections:
            self._connections[key] = Connection(
                secure, host, self._connect, self.clock, self.timeouts
            )
        return self._connections[key]

    def close(self) -> None:
        """Hang up all connections."""
        for connection in self._connections.values():
            connection.close()


class Endpoint:
    """One service at one address."""

    def __init__(self, session: Session, service: str, url: str) -> None:
        scheme, _, host = url.rstrip("/").partition("://")
        if not host or "/" in host:
            raise ValueError(f"not the address of a service: {url}")
        self._session = session
        self._service = service
        self._host = host.lower()
        self._connection = session.connection(scheme == "https", self._host)

    def call(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
        """
        Sign and send a request, and return the body of its answer.

        A lost connection, a 5xx and throttling are tried once more, within the
        same `Timeouts.call` seconds.

        Raises:
            AwsUnavailable: the second try failed as well, or no time was left for it.
            AwsRejected: AWS will not do this.
        """
        session = self._session
        until = min(session.clock() + session.timeouts.call, session.ends_at)
        try:
            return self._attempt(method, path, headers, body, until)
        except AwsConnectionLost:
            pass
        except AwsBusy:
            session.sleep(PAUSE)
        return self._attempt(method, path, headers, body, until)

    def json(self, target: str, version: str, body: object) -> bytes:
        """Call an operation of a service that speaks AWS's JSON protocol."""
        headers = {"content-type": f"application/x-amz-json-{version}", "x-amz-target": target}
        return self.call("POST", "/", headers, msgspec.json.encode(body))

    def _attempt(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, until: float
    ) -> bytes:
        session = self._session
        signed = sign(
            method,
            self._host,
            path,
            {},
            headers,
            body,
            service=self._service,
            region=session.region,
            credentials=session.credentials,
            at=session.clock(),
        )
        answer: Answer = self._connection.exchange(method, path, signed, body, until=until)
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise failure(self._service, answer)
        return answer.body
