"""What botocore would send: the reference that our own client is held against."""

from calendar import timegm
from functools import cache
from io import BytesIO
from time import strptime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import botocore.session
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from shopbridge.aws.credentials import Credentials as OurCredentials
from shopbridge.aws.sigv4 import sign
from tests.integration.aws.wire import ENVIRON, Sent

KEYS = Credentials(
    ENVIRON["AWS_ACCESS_KEY_ID"],
    ENVIRON["AWS_SECRET_ACCESS_KEY"],
    ENVIRON["AWS_SESSION_TOKEN"],
)
CONFIG = Config(
    request_checksum_calculation="when_required",
    s3={"payload_signing_enabled": True},
)
SAYS_WHAT_IT_IS = ("content-type", "x-amz-target", "x-amz-meta-topic", "x-amz-security-token")


class Reference(NamedTuple):
    """A request of botocore, signed and ready to go; header names in lower case."""

    method: str
    host: str
    target: str
    headers: dict[str, str]
    body: bytes


class Captured(Exception):
    """Ends a call of botocore just before it would go out."""

    def __init__(self, request: AWSPreparedRequest) -> None:
        super().__init__("captured")
        self.request: Any = request


def botocore_request(
    service: str, operation: str, endpoint_url: str | None = None, **parameters: Any
) -> Reference:
    """Return the signed request that botocore makes of these parameters."""
    try:
        getattr(_client(service, endpoint_url), operation)(**parameters)
    except Captured as captured:
        return _read(captured.request)
    raise AssertionError("botocore sent nothing")


def botocore_signature(request: AWSRequest, service: str, region: str, stamp: str) -> str:
    """Return the Authorization header that botocore gives to a request at the time `stamp`."""
    request.context["timestamp"] = stamp
    auth: Any = (S3SigV4Auth if service == "s3" else SigV4Auth)(KEYS, service, region)
    auth._modify_request_before_signing(request)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    auth._inject_signature_to_request(request, auth.signature(text, request))
    return str(request.headers["Authorization"])


def assert_same_place(sent: Sent, theirs: Reference) -> None:
    """Method, host, path and the headers that say what the body is are equal."""
    assert (sent.method, sent.headers["host"], sent.target) == theirs[:3]
    for name in SAYS_WHAT_IT_IS:
        assert sent.headers[name] == theirs.headers.get(name), name


def assert_same_signature(theirs: Reference, service: str) -> None:
    """Signing botocore's own request at its own time gives its own signature."""
    authorization = theirs.headers["authorization"]
    names = authorization.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    signed = sign(
        theirs.method,
        theirs.host,
        theirs.target,
        {},
        {name: theirs.headers[name] for name in names if name != "host"},
        theirs.body,
        service=service,
        region=ENVIRON["AWS_REGION"],
        credentials=OurCredentials.from_environment(ENVIRON),
        at=timegm(strptime(theirs.headers["x-amz-date"], "%Y%m%dT%H%M%SZ")),
    )
    assert signed["authorization"] == authorization


def _read(request: Any) -> Reference:
    url = urlsplit(request.url)
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else str(value)
        for name, value in request.headers.items()
    }
    match request.body:
        case BytesIO() as stream:
            body = stream.getvalue()
        case str() as text:
            body = text.encode()
        case other:
            body = other or b""
    return Reference(request.method, url.netloc, url.path, headers, body)


@cache
def _client(service: str, endpoint_url: str | None) -> Any:
    client = botocore.session.Session().create_client(
        service,
        region_name=ENVIRON["AWS_REGION"],
        endpoint_url=endpoint_url,
        aws_access_key_id=KEYS.access_key,
        aws_secret_access_key=KEYS.secret_key,
        aws_session_token=KEYS.token,
        config=CONFIG,
    )
    client.meta.events.register("before-send", _capture)
    return client


def _capture(request: AWSPreparedRequest, **_: Any) -> None:
    raise Captured(request)
