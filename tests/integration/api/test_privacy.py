"""Data requests as the merchant's page and operators see them, and the link to a bundle."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from tests.integration.account import KEPT, REGION, STORE, Account
from tests.integration.api.calling import Gateway, claims, token
from tests.integration.test_data_requests import PLACE, recorded

OTHER = "other.myshopify.com"


def test_requests_are_listed_without_whom_they_are_about(api: Gateway, account: Account) -> None:
    """Id, times and state: nothing of the person, not even the id of the customer."""
    recorded(account)

    said = api("GET", "/privacy/requests")

    assert said.json == {
        "requests": [
            {
                "id": "9999",
                "asked_at": "2026-11-23T07:59:00Z",
                "state": "ready",
                "reason": "",
                "expires": "2026-12-07T08:00:00Z",
            }
        ]
    }


def test_link_is_signed_for_one_bundle_and_a_quarter_of_an_hour(
    api: Gateway, account: Account
) -> None:
    """SigV4, since KMS serves nothing older; saved as a file, not shown by the browser."""
    recorded(account)

    said = api("POST", "/privacy/requests/link", {"id": "9999"})

    url = urlsplit(said.json["url"])
    signed = parse_qs(url.query)
    assert said.json["expires"] == "2026-11-23T08:15:00Z"
    assert (url.scheme, url.netloc, url.path) == ("https", f"{KEPT}.s3.amazonaws.com", f"/{PLACE}")
    assert signed["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert signed["X-Amz-Expires"] == ["900"]
    assert signed["response-content-disposition"] == ['attachment; filename="request-9999.json"']


@pytest.mark.parametrize(
    ("state", "status", "code"), [("waiting", 409, "not_ready"), ("parked", 409, "not_ready")]
)
def test_no_link_before_there_is_a_bundle(
    api: Gateway, account: Account, state: str, status: int, code: str
) -> None:
    """A link that leads nowhere would only puzzle the merchant."""
    recorded(account, state)

    said = api("POST", "/privacy/requests/link", {"id": "9999"})

    assert (said.status, said.json["code"]) == (status, code)


def test_another_stores_request_is_not_there(api: Gateway, account: Account) -> None:
    """The store comes from the session token, so an id of somebody else's finds nothing."""
    recorded(account)
    account.repository(OTHER).install(account.station.now())
    other = token(claims(OTHER))

    listed = api("GET", "/privacy/requests", bearer=other)
    said = api("POST", "/privacy/requests/link", {"id": "9999"}, bearer=other)

    assert listed.json == {"requests": []}
    assert said.status == 404


def test_link_is_never_kept_for_a_repeat(api: Gateway, account: Account) -> None:
    """Who has the URL has the data: an Idempotency-Key leaves no copy of it in a table."""
    recorded(account)
    headers = {"Idempotency-Key": "link-1"}

    said = api("POST", "/privacy/requests/link", {"id": "9999"}, headers=headers)

    assert said.status == 200
    kept: list[Any] = boto3.client("dynamodb", region_name=REGION).scan(TableName="stores")["Items"]
    assert [item["store"]["S"] for item in kept] == [STORE]
