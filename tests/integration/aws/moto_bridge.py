"""Connects our client to moto, which by itself only reaches boto3 and requests."""

from io import BytesIO

import requests

from shopbridge.aws.client import Aws
from shopbridge.aws.wire import Wire
from tests.integration.aws.wire import ENVIRON, Socket, answer


class MotoSocket(Socket):
    """Carries each request to moto by way of requests; use under `mock_aws`."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def makefile(self, *_: object) -> BytesIO:
        """Let moto answer."""
        sent = self.sent
        self._sent = b""
        response = requests.request(
            sent.method,
            self._url + sent.target,
            headers=dict(sent.headers.items()),
            data=sent.body,
            timeout=5,
        )
        return BytesIO(answer(response.content, response.status_code))


def connect_to_moto(secure: bool, host: str, within: float) -> Wire:
    """Connect as `Dial` does, to moto's idea of that host."""
    del within
    return Wire(MotoSocket(f"{'https' if secure else 'http'}://{host}"))


def aws_on_moto(**environ: str) -> Aws:
    """Build our client on moto."""
    return Aws.from_environment({**ENVIRON, **environ}, connect=connect_to_moto)
