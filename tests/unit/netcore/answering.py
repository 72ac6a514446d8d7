"""A client of Netcore whose other side a test plays."""

from collections.abc import Callable, Iterable, Iterator

import httpx

from shopbridge.netcore.client import AuthMode, NetcoreClient, shared
from shopbridge.netcore.regions import REGIONS

KEY = "cnry-key"


class Playing:
    """Answers requests with `answer` and keeps them; its clock stands still until told."""

    def __init__(
        self,
        answer: httpx.Response | Exception | Callable[[], httpx.Response] | None = None,
        *,
        auth_mode: AuthMode = "bearer",
        region: str = "us",
    ) -> None:
        self._answer = answer or httpx.Response(200, json={"status": "success"})
        self.requests: list[httpx.Request] = []
        self.now = 0.0
        self.client = NetcoreClient(
            shared(httpx.MockTransport(self._handle)),
            REGIONS[region],
            KEY,
            auth_mode=auth_mode,
            clock=lambda: self.now,
        )

    def upload(self) -> None:
        """Send one activity."""
        self.client.upload_activities([{"activity_name": "Product Purchase"}])

    def drip(self, pieces: Iterable[bytes], seconds: float) -> Iterator[bytes]:
        """Yield an answer's pieces, each after so many seconds."""
        for piece in pieces:
            self.now += seconds
            yield piece

    def _handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        if isinstance(self._answer, Exception):
            raise self._answer
        return _unread(self._answer() if callable(self._answer) else self._answer)


def _unread(answer: httpx.Response) -> httpx.Response:
    """Make an answer that comes off the wire: httpx reads those with content at once."""
    stream = httpx.ByteStream(answer.content) if answer.is_stream_consumed else answer.stream
    return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)
