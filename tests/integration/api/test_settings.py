"""Settings: read, replaced under the version that was read, and written down."""

import pytest

from shopbridge import reasons
from shopbridge.work import Ended, Item
from tests.integration.account import STORE, Account
from tests.integration.api.calling import OPERATOR, Gateway, claims, fields, token
from tests.integration.messages import HEAD, PURCHASE

NETCORE = {"region": "eu", "website_id": "12345", "list_id": 7, "notify_email": "ops@example.com"}
KEY = "n3tc0re-key-nobody-may-see"


def connected(api: Gateway) -> None:
    """Connect the store to Netcore."""
    done = api(
        "PUT", "/netcore", {**NETCORE, "api_key": KEY}, headers={"If-Match": settings_etag(api)}
    )
    assert done.status == 200, done.text


def settings_etag(api: Gateway) -> str:
    """Return the version that the settings have."""
    return api("GET", "/settings").etag


def test_replaced_settings_are_read_back(api: Gateway) -> None:
    """What was saved is there, one version higher, and the page may keep nothing of it."""
    saved = api("PUT", "/settings", {"country": "DE"}, headers={"If-Match": settings_etag(api)})

    assert (saved.status, saved.etag) == (200, '"2"')
    read = api("GET", "/settings")
    assert read.json["country"] == "DE"
    assert read.headers["Cache-Control"] == "no-store"


def test_stale_version_is_refused(api: Gateway) -> None:
    """Who read before somebody else saved must read again."""
    first = settings_etag(api)
    api("PUT", "/settings", {"country": "DE"}, headers={"If-Match": first})

    late = api("PUT", "/settings", {"country": "FR"}, headers={"If-Match": first})

    assert (late.status, late.json["code"]) == (412, "stale")
    assert api("GET", "/settings").json["country"] == "DE"


def test_version_must_be_named(api: Gateway) -> None:
    """Without If-Match nothing is saved."""
    done = api("PUT", "/settings", {"country": "DE"})

    assert (done.status, done.json["field"]) == (400, "if-match")


def test_change_log_says_who_and_what(api: Gateway) -> None:
    """Merchant and operator stand there by name; an e-mail address does not."""
    connected(api)
    api("PUT", "/settings", {"country": "DE"}, headers={"If-Match": settings_etag(api)})

    log = api("GET", "/settings/changes").json["changes"]
    assert [(one["by"], one["version"]) for one in log] == [("user 42", 3), ("user 42", 2)]
    assert {"field": "country", "before": "", "after": "DE"} in log[0]["what"]
    assert {"field": "netcore.notify_email", "before": None, "after": None} in log[1]["what"]
    assert {"field": "netcore.api_key", "before": None, "after": None} in log[1]["what"]
    assert KEY not in api("GET", "/settings/changes").text


def test_change_log_is_paged(api: Gateway) -> None:
    """The cursor leads to older changes until there are none."""
    for country in ("DE", "FR", "IT"):
        api("PUT", "/settings", {"country": country}, headers={"If-Match": settings_etag(api)})

    first = api("GET", "/settings/changes", query={"limit": "2"}).json
    second = api("GET", "/settings/changes", query={"limit": "2", "cursor": first["cursor"]}).json

    assert [one["version"] for one in first["changes"]] == [4, 3]
    assert [one["version"] for one in second["changes"]] == [2]
    assert second["cursor"] is None


def test_orders_need_contacts(api: Gateway) -> None:
    """The guide's rule, said at the field."""
    done = api(
        "PUT",
        "/settings",
        {"historic_sync": {"orders": True}},
        headers={"If-Match": settings_etag(api)},
    )

    assert (done.status, done.json["field"]) == (422, "historic_sync.orders")
    assert done.json["code"] == "needs_contacts"


def test_catalogue_needs_its_scope(api: Gateway) -> None:
    """As long as nobody knows that read_locations is granted, it counts as not granted."""
    done = api(
        "PUT", "/settings", {"product_catalogue": True}, headers={"If-Match": settings_etag(api)}
    )

    assert (done.status, fields(done)) == (422, ["product_catalogue"])
    assert done.json["code"] == "needs_scope"


def test_historic_sync_stays_on(api: Gateway) -> None:
    """Row A121: once saved it cannot be taken back."""
    both = {"historic_sync": {"contacts": True, "orders": True}}
    api("PUT", "/settings", both, headers={"If-Match": settings_etag(api)})

    done = api("PUT", "/settings", {}, headers={"If-Match": settings_etag(api)})

    assert done.status == 409
    assert fields(done) == ["historic_sync.contacts", "historic_sync.orders"]


def test_enabling_wants_a_connection(api: Gateway) -> None:
    """Every missing part is named."""
    done = api("POST", "/enable")

    assert done.status == 409
    assert fields(done) == [
        "netcore.api_key",
        "netcore.website_id",
        "netcore.list_id",
        "netcore.notify_email",
    ]


def test_enabling_sends_on_what_waited(api: Gateway, account: Account) -> None:
    """What was parked for it goes to its queue; a pause stops everything again."""
    connected(api)
    account.station.record(Item(HEAD, 0, PURCHASE, "m1", 1), Ended("parked", reasons.NOT_ENABLED))

    enabled = api("POST", "/enable")
    paused = api("POST", "/pause")

    assert enabled.json == {"status": "enabled"}
    assert len(account.received()) == 1
    assert paused.json["status"] == "paused"
    assert api("GET", "/status").json["status"] == "paused"


def test_key_is_never_read_back(api: Gateway, account: Account) -> None:
    """It is sealed in the row, and in no answer."""
    connected(api)

    answers = [api("GET", path).text for path in ("/settings", "/status", "/settings/changes")]

    assert not any(KEY in one for one in answers)
    store = account.repository(STORE).get()
    assert store
    assert store.sealed_netcore_key
    assert api.vault.netcore_key(store) == KEY


def test_connection_without_key_keeps_the_old_one(api: Gateway, account: Account) -> None:
    """Another region under the same key needs no typing."""
    connected(api)

    api("PUT", "/netcore", {**NETCORE, "region": "in"}, headers={"If-Match": settings_etag(api)})

    store = account.repository(STORE).get()
    assert store
    assert (store.settings.netcore.region, api.vault.netcore_key(store)) == ("in", KEY)


def test_operators_use_the_same_resources(api: Gateway) -> None:
    """The store is in the path, and IAM says who."""
    read = api.operator("GET", "/settings")

    assert (read.status, read.etag) == (200, '"1"')


def test_operators_path_is_not_there_without_iam(api: Gateway) -> None:
    """Nobody is let through whom API Gateway did not name."""
    assert api.operator("GET", "/settings", arn="").status == 404
    assert api.operator("GET", "/settings", store="nobody.myshopify.com").status == 404
    assert api.operator("GET", "/settings", store="evil.example").status == 404


@pytest.mark.parametrize(("path", "method"), [("/settings", "DELETE"), ("/enable", "GET")])
def test_other_methods_are_refused(api: Gateway, path: str, method: str) -> None:
    """405 says which are allowed."""
    done = api(method, path)

    assert done.status == 405
    assert done.headers["Allow"]


def test_store_that_never_installed_has_nothing(api: Gateway) -> None:
    """A valid token of a store without a row."""
    done = api("GET", "/settings", bearer=token(claims("other.myshopify.com")))

    assert (done.status, done.json["code"]) == (404, "not_installed")


def test_operator_is_written_down(api: Gateway) -> None:
    """The change log names an operator by ARN."""
    etag = settings_etag(api)
    api.deliver(
        "PUT",
        f"/ops/v1/stores/{STORE}/settings",
        {"Content-Type": "application/json", "If-Match": etag},
        '{"country": "DE"}',
        None,
        authorizer={"iam": {"userArn": OPERATOR}},
    )

    assert api("GET", "/settings/changes").json["changes"][0]["by"] == OPERATOR
