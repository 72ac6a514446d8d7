"""The simulated Admin API goes wrong exactly as planned."""

import httpx
import pytest

from tests.local.store_shop import StoreInProcess

ONE = "query OneCustomer { customers(first: 1) { nodes { id firstName } } }"
TAG = """mutation Tag { tagsAdd(id: "gid://shopify/Customer/1", tags: ["x"]) {
  userErrors { message } } }"""


@pytest.fixture
def store() -> StoreInProcess:
    """A store with a past, in this process."""
    return StoreInProcess()


def test_faults_meet_the_requests_they_match(store: StoreInProcess) -> None:
    """`operation`, `nth` and `times` choose; other requests are not counted."""
    store.fault(do="status", status=502, match={"operation": "One", "nth": 2, "times": 2})
    store.post(TAG)

    statuses = [store.post(ONE).status_code for _ in range(4)]

    assert statuses == [200, 502, 502, 200]
    (fault,) = store.get("/_faults")["faults"]
    assert (fault["seen"], fault["struck"]) == (4, 2)


def test_denied_fields_are_null_beside_an_error(store: StoreInProcess) -> None:
    """A partial answer has data and ACCESS_DENIED errors with their paths."""
    store.fault(do="errors_partial", fields=["Customer.firstName"])

    answer = store.ask(ONE)

    assert answer["data"]["customers"]["nodes"][0]["firstName"] is None
    (error,) = answer["errors"]
    assert error["path"] == ["customers", "nodes", 0, "firstName"]
    assert error["extensions"] == {"code": "ACCESS_DENIED"}


def test_canned_answers(store: StoreInProcess) -> None:
    """HTML, nothing, no data, and too much come as planned, one request each."""
    store.fault(do="html", status=502)
    store.fault(do="empty")
    store.fault(do="null_data")
    store.fault(do="throttle")
    store.fault(do="huge", size=1000)

    html, empty, null, throttled, huge = [store.post(ONE) for _ in range(5)]

    assert (html.status_code, html.headers["content-type"][:9]) == (502, "text/html")
    assert (empty.status_code, empty.content) == (200, b"")
    assert null.json() == {"data": None}
    assert throttled.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert len(huge.json()["padding"]) == 1000


def test_resets_before_and_after_applying(store: StoreInProcess) -> None:
    """The client sees a broken connection both times; only the second mutation was done."""
    store.fault(do="reset_before")
    store.fault(do="reset_after_apply")

    for _ in range(2):
        with pytest.raises(httpx.ReadError):
            store.post(TAG)

    assert len(store.get("/_received")["mutations"]) == 1


def test_an_error_can_hide_that_it_was_done(store: StoreInProcess) -> None:
    """`applied` faults answer 500 for a mutation that took place."""
    store.fault(do="status", status=500, applied=True, headers={"Retry-After": "4.0"})

    response = store.post(TAG)

    assert (response.status_code, response.headers["retry-after"]) == (500, "4.0")
    assert len(store.get("/_received")["mutations"]) == 1


def test_delay_waits_first(store: StoreInProcess) -> None:
    """The answer comes, but later."""
    store.fault(do="delay", seconds=9)

    assert store.post(ONE).status_code == 200
    assert store.seconds == 9


def test_mistaken_faults_are_refused(store: StoreInProcess) -> None:
    """A misspelt plan changes nothing."""
    response = store.http.post("/_faults", json={"do": "explode"})

    assert response.status_code == 400
    assert store.get("/_faults") == {"faults": []}
