"""The historic sync on its page: started by a save, followed, held, ended."""

from tests.integration.account import STORE
from tests.integration.api.calling import Gateway, fields

SETTINGS = {
    "netcore": {"website_id": "w", "list_id": 1, "notify_email": "o@example.com"},
    "historic_sync": {"contacts": True},
}


def choose(api: Gateway) -> None:
    """Let an enabled store choose all contacts."""
    repository = api.account.repository(STORE)
    store = repository.get()
    assert store
    repository.set_status(store, "enabled")
    etag = api("GET", "/settings").etag
    assert api("PUT", "/settings", SETTINGS, headers={"If-Match": etag}).status == 200


def test_saving_starts_the_run_once(api: Gateway) -> None:
    """An enabled store that chooses All contacts starts; the same run answers a second start."""
    choose(api)

    said = api("POST", "/sync/start", {})

    assert said.json["state"] == "RUNNING"
    assert said.json["chosen"] == ["customers"]
    assert [one["state"] for one in said.json["streams"]] == ["planning"]
    assert len({run.execution for run in api.launched}) == 1


def test_nothing_was_ever_started(api: Gateway) -> None:
    """A store without a run says so."""
    said = api("GET", "/sync")

    assert (said.json["state"], said.json["streams"], said.json["chosen"]) == ("NOT BEGUN", [], [])


def test_dry_run_estimates_and_starts_nothing(api: Gateway) -> None:
    """Twelve customers are one page at Shopify and one call at Netcore."""
    choose(api)
    api("POST", "/sync/cancel")

    said = api("POST", "/sync/start", {"dry_run": True})

    (customers,) = said.json["streams"]
    points = customers.pop("shopify_points")
    assert customers == {
        "stream": "customers",
        "objects": 12,
        "commands": 12,
        "shopify_queries": 1,
        "netcore_calls": 1,
        "seconds": 0,
        "dollars": 0.0,
    }
    assert points > 0
    assert api("GET", "/sync").json["state"] == "CANCELLED"


def test_dry_run_tells_of_what_is_not_chosen_yet(api: Gateway) -> None:
    """The page asks before the merchant switches something on for good."""
    asked = {"dry_run": True, "streams": ["products", "orders"]}

    said = api("POST", "/sync/start", asked)

    assert [one["stream"] for one in said.json["streams"]] == ["orders", "products"]
    assert api("GET", "/sync").json["state"] == "NOT BEGUN"


def test_pausing_and_resuming_continue_in_a_new_execution(api: Gateway) -> None:
    """A paused run goes on as its second part."""
    choose(api)

    states = [api("POST", f"/sync/{act}").json["state"] for act in ("pause", "resume")]

    assert states == ["PAUSED", "RUNNING"]
    assert [run.part for run in api.launched] == [1, 2]


def test_days_are_noted_and_the_rest_is_left(api: Gateway) -> None:
    """A run of the last 90 days begins there; JSON knows one kind of number."""
    choose(api)
    api("POST", "/sync/cancel")

    api("POST", "/sync/start", {"days": 90.0})

    (*_, run) = api.launched
    assert run.since
    assert (run.until - run.since).days == 90


def test_what_cannot_be_done_now_is_a_conflict(api: Gateway) -> None:
    """Without a run there is nothing to hold, retry or extend, and nothing chosen to start."""
    acts = ("pause", "resume", "cancel", "retry", "extend")
    asked = {act: api("POST", f"/sync/{act}") for act in acts}
    asked["start"] = api("POST", "/sync/start", {})

    assert {act: said.status for act, said in asked.items()} == dict.fromkeys(asked, 409)
    assert all(fields(said) for said in asked.values())
