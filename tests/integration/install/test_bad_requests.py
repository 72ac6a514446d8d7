"""Every row of bad input to the pages of an install."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from local.store.oauth.signing import signature, signed_query
from shopbridge.install.begin import begin
from tests.integration.install.merchant import SECRET, Merchant

DATA = Path(__file__).parents[2] / "fixtures" / "bad_installs.json"
ROWS = json.loads(DATA.read_text())["rows"]
FILL = {"{300}": "a" * 300, "{5 kB}": "c" * 5000}
OWN_PLACES = (
    "https://{name}/admin/oauth/authorize?",
    "https://{name}/admin/apps/shopbridge-local",
)


def rows(step: str) -> list[Any]:
    """List the rows of one page."""
    return [pytest.param(row, id=row["id"]) for row in ROWS if row["step"] == step]


@pytest.mark.parametrize("row", rows("begin"))
def test_bad_link_ends_as_the_catalogue_says(row: Mapping[str, Any], merchant: Merchant) -> None:
    """The first page answers the row's status, calls nobody, and leads to its own places only."""
    query = written(row, signed(row, merchant))

    answer = merchant.page(begin, query)

    assert_ended(answer, row, merchant)
    assert merchant.called == []
    assert [row["store"] for row in merchant.rows() if row["store"] == merchant.name] == []


@pytest.mark.parametrize("row", rows("callback"))
def test_bad_return_ends_as_the_catalogue_says(row: Mapping[str, Any], merchant: Merchant) -> None:
    """The second page answers the row's status, and stores nothing it should not."""
    given = dict(parse_qsl(merchant.authorize(merchant.go(merchant.link()))))
    for fault in [row["fault"]] if "fault" in row else []:
        merchant.fault(**fault)
    if row.get("used"):
        merchant.back(urlencode(given))
    merchant.called.clear()
    merchant.clock.sleep(row.get("later", 0))
    query = written(row, signed(row, merchant, **given))

    answer = merchant.back(query, cookies(row, merchant))

    assert_ended(answer, row, merchant)
    assert len(merchant.called) == row.get("calls", 0)
    assert (merchant.repository().get() is not None) == row.get("stored", False)


def signed(row: Mapping[str, Any], merchant: Merchant, **given: str) -> str:
    """Write the row's query as Shopify would sign it, with what is wrong signed too."""
    own = {name: value for name, value in given.items() if name not in ("hmac", "timestamp")}
    own.pop("shop", None)
    changed = {**own, **{k: FILL.get(v, v) for k, v in row.get("set", {}).items()}}
    shop = str(row.get("shop", merchant.name)).replace("{300}", "a" * 300)
    at = merchant.clock.now() + timedelta(seconds=row.get("seconds", 0))
    made = dict(parse_qsl(signed_query(shop, "x", at), keep_blank_values=True)) | changed
    del made["hmac"]
    return urlencode({**made, "hmac": signature(made, row.get("secret", SECRET))})


def written(row: Mapping[str, Any], query: str) -> str:
    """Change a signed query as the row says."""
    pairs = [
        (name, row.get("replace", {}).get(name, value))
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name not in row.get("without", ())
    ]
    if "query" in row:
        pairs = [pair for pair in pairs if pair[0] != "shop"]
    if row.get("order") == "reversed":
        pairs.reverse()
    text = urlencode(pairs).replace("+", row.get("spaces", "+"))
    return "&".join(filter(None, [str(row.get("query", "")), text])) + str(row.get("after", ""))


def cookies(row: Mapping[str, Any], merchant: Merchant) -> list[str]:
    """The cookies of the row's browser; the right one where it says nothing."""
    named: list[str] = row.get("cookies", merchant.cookies)
    return [cookie.replace("{cookie}", merchant.cookies[0]) for cookie in named]


def assert_ended(answer: Mapping[str, Any], row: Mapping[str, Any], merchant: Merchant) -> None:
    """The status is the row's, and nothing of the request is in the answer."""
    assert answer["statusCode"] == row["status"]
    assert "evil" not in json.dumps(answer)
    assert answer["headers"]["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    if row["status"] == 302:
        places = tuple(place.replace("{name}", merchant.name) for place in OWN_PLACES)
        assert answer["headers"]["Location"].startswith(places)


def test_every_row_is_here() -> None:
    """The catalogue's rows are all in the data."""
    numbers = {row["id"].rstrip("abcdefgh") for row in ROWS}

    assert numbers == {f"I{number}" for number in range(78, 104)}
