"""Shopify is asked what the merchant grants, because its webhook may come later."""

from datetime import timedelta

from shopbridge import reasons
from shopbridge.stores.tokens import TokenRow
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway
from tests.integration.messages import HEAD, PURCHASE

GRANTED = ["read_customers", "read_locations"]


def grant(api: Gateway, *scopes: str) -> None:
    """Let the merchant change what they grant."""
    done = api.shopify.post("/_app", json={"do": "grant", "scopes": scopes})
    assert done.status_code == 200


def test_scopes_are_asked_for_and_kept(api: Gateway, account: Account) -> None:
    """What Shopify says now stands in the store's row, and in the answer."""
    grant(api, *GRANTED)

    told = api("POST", "/scopes").json

    assert told == {"known": True, "granted": GRANTED, "catalogue": True}
    assert api("GET", "/status").json["scopes"] == told
    stored = account.repository(STORE).get()
    assert stored
    assert stored.version == 1


def test_what_waited_for_the_scope_goes_on(api: Gateway, account: Account) -> None:
    """A catalogue command that lacked the scope is sent on."""
    waiting = Item(HEAD, 0, PURCHASE, "m1", 1)
    account.station.record(waiting, Ended("parked", reasons.SCOPE_MISSING))
    grant(api, *GRANTED)

    api("POST", "/scopes")

    assert api.resumed == [()]


def test_nothing_goes_on_without_the_scope(api: Gateway) -> None:
    """The merchant declined: it is noted, and nothing else happens."""
    grant(api, "read_customers")

    told = api("POST", "/scopes").json

    assert told == {"known": True, "granted": ["read_customers"], "catalogue": False}
    assert api.resumed == []


def test_newer_scopes_stay(api: Gateway, account: Account) -> None:
    """A webhook that was dated after the question has the last word."""
    stored = account.repository(STORE).get()
    assert stored
    later = NOW + timedelta(seconds=5)
    TokenRow(account.stores, STORE).granted(stored, frozenset({"read_orders"}), later)
    grant(api, *GRANTED)

    told = api("POST", "/scopes").json

    assert told["granted"] == ["read_orders"]


def test_refusal_of_shopify_is_told(api: Gateway) -> None:
    """A token that is good no longer: the merchant can do something about it."""
    api.admin_token = "shpat_cnry_ended"

    done = api("POST", "/scopes")

    assert (done.status, done.json["code"]) == (409, "shopify_refuses")


def test_silence_of_shopify_is_for_later(api: Gateway) -> None:
    """Throttled: try again in a moment."""
    fault = {"do": "throttle"}
    assert api.shopify.post("/_faults", json=fault).status_code == 201

    done = api("POST", "/scopes")

    assert (done.status, done.json["code"]) == (503, "later")


def test_uninstalled_store_is_not_asked_about(api: Gateway, account: Account) -> None:
    """Its tokens are gone."""
    stored = account.repository(STORE).get()
    assert stored
    account.repository(STORE).uninstall(stored, NOW)

    done = api("POST", "/scopes")

    assert (done.status, done.json["code"]) == (409, "uninstalled")
