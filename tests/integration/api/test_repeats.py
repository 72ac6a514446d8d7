"""What comes twice under one Idempotency-Key is done once, and answered alike."""

from typing import Any

import boto3
import pytest

from shopbridge.entry.api.problems import Problem
from shopbridge.entry.api.repeats import Repeats, kept_in
from tests.integration.account import NOW, REGION, STORE, Account
from tests.integration.api.calling import Context, Gateway, claims, token
from tests.integration.messages import EVENT, message, text
from tests.unit.ledger.written import delivery_row

KEY = {"Idempotency-Key": "5f0c2b1e-save-1"}
DONE = {"statusCode": 200, "headers": {}, "body": "{}"}


def saved(api: Gateway, country: str, version: int = 1) -> Any:
    """Save a country under the key."""
    headers = {**KEY, "If-Match": f'"{version}"'}
    return api("PUT", "/settings", {"country": country}, headers=headers)


def test_second_save_is_answered_like_the_first(api: Gateway, account: Account) -> None:
    """Without the key the second would be refused, since the first raised the version."""
    first = saved(api, "DE")

    second = saved(api, "DE")

    assert (first.status, second.status) == (200, 200)
    assert (second.json, second.etag) == (first.json, '"2"')
    stored = account.repository(STORE).get()
    assert stored
    assert stored.version == 2


def test_another_body_under_the_key_is_refused(api: Gateway, account: Account) -> None:
    """And nothing of it is saved."""
    saved(api, "DE")

    done = saved(api, "FR", version=2)

    assert (done.status, done.json["code"]) == (409, "key_reused")
    assert done.json["field"] == "idempotency-key"
    stored = account.repository(STORE).get()
    assert stored
    assert stored.settings.country == "DE"


def test_refusal_is_kept_too(api: Gateway, account: Account) -> None:
    """What was not there is there now; the same request is answered as before."""
    asked = {"id": f"{EVENT}#{delivery_row()['row']}"}
    first = api("POST", "/activity/send-again", asked, headers=KEY)
    account.archive.add({"m1": text(message())})
    account.ledger.put_item(Item=delivery_row())

    second = api("POST", "/activity/send-again", asked, headers=KEY)
    unnamed = api("POST", "/activity/send-again", asked)

    assert (first.status, second.status, unnamed.status) == (404, 404, 200)


def test_another_version_is_another_request(api: Gateway) -> None:
    """The key belongs to a save of what was seen then."""
    saved(api, "DE", version=1)

    done = saved(api, "DE", version=2)

    assert (done.status, done.json["code"]) == (409, "key_reused")


def test_failure_is_not_kept(api: Gateway) -> None:
    """Shopify was busy; asked again under the same key, the answer is there."""
    assert api.shopify.post("/_faults", json={"do": "throttle"}).is_success

    first = api("POST", "/scopes", headers=KEY)
    second = api("POST", "/scopes", headers=KEY)

    assert (first.status, second.status) == (503, 200)


def test_keys_of_stores_do_not_meet(api: Gateway, account: Account) -> None:
    """Two stores use the same key for different things."""
    account.repository("other.myshopify.com").install(NOW)
    saved(api, "DE")

    other = api(
        "PUT",
        "/settings",
        {"country": "FR"},
        bearer=token(claims("other.myshopify.com")),
        headers={**KEY, "If-Match": '"1"'},
    )

    assert other.status == 200
    assert other.json["country"] == "FR"


def test_reading_takes_no_key(api: Gateway) -> None:
    """A GET is answered anew, whatever it names."""
    before = api("GET", "/settings", headers=KEY)
    saved(api, "DE")

    after = api("GET", "/settings", headers=KEY)

    assert (before.json["country"], after.json["country"]) != ("DE", "DE")
    assert after.json["country"] == "DE"


def test_two_at_once_are_one(account: Account) -> None:
    """The second comes while the first is at work: it is refused, not done."""
    repeats = Repeats(kept_in("stores", boto3.client("dynamodb", region_name=REGION)), STORE, str)
    codes: list[str] = []

    def twice() -> dict[str, Any]:
        pytest.fail("it was done twice")

    def first() -> dict[str, Any]:
        with pytest.raises(Problem) as refused:
            repeats.once("key-1", "POST /enable\n", twice, Context())
        codes.append(refused.value.findings[0].code)
        return DONE

    done = repeats.once("key-1", "POST /enable\n", first, Context())

    assert (done, codes) == (DONE, ["in_progress"])


def test_kept_row_tells_nothing_of_the_request(api: Gateway, account: Account) -> None:
    """It expires, and holds neither the key, nor an address, nor a digest to guess one by."""
    api("POST", "/activity/by-email", {"email": "ada@example.com"}, headers=KEY)

    (row,) = [r for r in account.stores.scan()["Items"] if str(r["store"]).startswith("request#")]

    assert row.keys() == {
        *("store", "expires", "in_progress_expiration", "progress", "validation", "data")
    }
    assert "ada" not in str(row)
    assert KEY["Idempotency-Key"] not in str(row)
