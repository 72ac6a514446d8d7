"""Tests can look into a simulated store, change it, and begin again."""

import pytest

from local.store import PlannedDelivery
from tests.local.store_shop import StoreInProcess


@pytest.fixture
def store() -> StoreInProcess:
    """A store with a past, in this process."""
    return StoreInProcess()


def test_a_stream_is_followed_as_it_is_sent(store: StoreInProcess) -> None:
    """Planning changes nothing; advancing lets it happen, step by step."""
    before = store.get("/_world")
    planned = store.http.post("/_stream", json={"n": 60, "seed": 7}).json()["deliveries"]
    unchanged = store.get("/_world")

    last = max(PlannedDelivery.from_json(each).step for each in planned)
    reached = store.http.post("/_world", json={"advance": last}).json()

    assert len(planned) == 60
    assert unchanged == before
    assert reached == {"step": last}
    assert store.get("/_world")["checkouts"] > before["checkouts"]


def test_what_is_made_up_is_listed(store: StoreInProcess) -> None:
    """Canaries hold every secret and personal word, of people still to come as well."""
    store.http.post("/_stream", json={"n": 60, "seed": 7})

    known = store.get("/_canaries")

    assert "shpat_local_cnry_token" in known["secrets"]
    kinds = {"secrets", "emails", "names", "phones", "addresses", "recovery_keys"}
    assert kinds <= known.keys()
    assert all(known[kind] for kind in kinds)


def test_fields_can_be_set(store: StoreInProcess) -> None:
    """A test can put any value into any resource, without a webhook."""
    gid = store.get("/_world/customers")[0]["id"]

    store.http.post("/_world", json={"set": {"id": gid, "fields": {"note": "odd"}}})

    number = gid.rpartition("/")[2]
    assert store.get(f"/_world/customers/{number}")["note"] == "odd"


def test_further_stores_can_be_opened(store: StoreInProcess) -> None:
    """Each has a life and a token of its own; opening it again changes nothing."""
    first, again, other = (
        store.http.post("/_stores", json={"shop": f"{name}.myshopify.com"}).json()
        for name in ("first", "first", "other")
    )

    assert first == {"shop": "first.myshopify.com", "access_token": "shpat_local_cnry_token_2"}
    assert again == first
    assert other["access_token"] == "shpat_local_cnry_token_3"
    told = [
        store.post("{ shop { myshopifyDomain } }", token=each["access_token"]).json()["data"]
        for each in (first, other)
    ]
    assert told == [
        {"shop": {"myshopifyDomain": "first.myshopify.com"}},
        {"shop": {"myshopifyDomain": "other.myshopify.com"}},
    ]


def test_mistakes_are_answered(store: StoreInProcess) -> None:
    """Unknown events, kinds, ids and stores are named, not crashed on."""
    assert store.http.post("/_world", json={"event": "explode"}).status_code == 400
    paths = ("/_world/planets", "/_world/customers/1", "/_received?shop=none.myshopify.com")
    assert [store.http.get(path).status_code for path in paths] == [404, 404, 404]


def test_reset_begins_again(store: StoreInProcess) -> None:
    """Afterwards the store is as it was, with nothing received and nothing planned."""
    before = store.get("/_world/customers")
    store.fault(do="status")
    store.happen("register")

    store.http.post("/_reset")

    assert store.get("/_world/customers") == before
    assert store.get("/_received") == {"mutations": [], "queries": 0}
    assert store.get("/_faults") == {"faults": []}
    assert store.get("/_health")["shops"] == ["vapid-store.myshopify.com"]
