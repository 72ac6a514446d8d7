"""Our signatures are botocore's, whatever is signed."""

from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote

from botocore.awsrequest import AWSRequest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.aws.credentials import Credentials
from shopbridge.aws.sigv4 import query_string, sign
from tests.integration.aws.reference import botocore_signature
from tests.integration.aws.wire import ENVIRON

OURS = Credentials.from_environment(ENVIRON)
HOST = "any.ap-south-1.amazonaws.com"


class Case(NamedTuple):
    """Anything that might be signed, at any time."""

    method: str
    segments: list[str]
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    service: str
    moment: datetime


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.from_regex(r"x-[a-z0-9-]{1,20}", fullmatch=True).filter(
    lambda name: not name.startswith("x-am")
)
VALUES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30)
CASES = st.builds(
    Case,
    method=st.sampled_from(["GET", "PUT", "POST"]),
    segments=st.lists(TEXT.filter(lambda text: text not in {"", ".", ".."}), max_size=4),
    query=st.dictionaries(TEXT, TEXT, max_size=4),
    headers=st.dictionaries(NAMES, VALUES, max_size=4),
    body=st.binary(max_size=200),
    service=st.sampled_from(["dynamodb", "sns", "ssm", "s3"]),
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
)


@given(case=CASES)
def test_signs_as_botocore_does(case: Case) -> None:
    """Any path, query, headers, body and time get the same Authorization header."""
    path = "/" + "/".join(quote(segment, safe="") for segment in case.segments)
    theirs = AWSRequest(
        method=case.method,
        url=f"https://{HOST}{path}",
        params=case.query,
        headers=case.headers,
        data=case.body,
    )
    stamp = case.moment.strftime("%Y%m%dT%H%M%SZ")

    signed = sign(
        case.method,
        HOST,
        path,
        case.query,
        {name.title(): value for name, value in case.headers.items()},
        case.body,
        service=case.service,
        region="ap-south-1",
        credentials=OURS,
        at=case.moment.timestamp(),
    )

    assert signed["authorization"] == botocore_signature(theirs, case.service, "ap-south-1", stamp)


def test_key_follows_day_region_and_service() -> None:
    """The cached signing key is never used for another day."""
    signatures = [
        sign(
            "POST",
            "sns.eu-west-1.amazonaws.com",
            "/",
            {},
            {},
            b"",
            service="sns",
            region="eu-west-1",
            credentials=OURS,
            at=at,
        )["authorization"]
        for at in (0.0, 86_400.0, 0.0)
    ]

    assert signatures[0] == signatures[2] != signatures[1]
    assert "/19700101/eu-west-1/sns/aws4_request" in signatures[0]
    assert "/19700102/eu-west-1/sns/aws4_request" in signatures[1]


def test_token_is_sent_only_where_there_is_one() -> None:
    """Long-lived keys, such as an emulator's, come without a session token."""
    headers = sign(
        "POST",
        "h",
        "/",
        {},
        {},
        b"",
        service="sns",
        region="us-east-1",
        credentials=Credentials("key", "secret"),
        at=0.0,
    )

    assert sorted(headers) == ["authorization", "host", "x-amz-date"]


def test_query_is_encoded_and_in_order() -> None:
    """A query goes out exactly as it was signed."""
    assert query_string({"b": "ä +", "a~": "/"}) == "a~=%2F&b=%C3%A4%20%2B"


def test_secret_stays_out_of_texts() -> None:
    """Printing credentials shows the access key alone."""
    assert f"{OURS!r} {OURS}" == "Credentials(AKIDEXAMPLE) Credentials(AKIDEXAMPLE)"
