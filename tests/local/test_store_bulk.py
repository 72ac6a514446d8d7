"""The simulated Admin API runs bulk operations, and serves their results, as Shopify does."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.bulk.operation import Speed
from local.store.served import ACCESS_TOKEN, Terms
from local.store.webhooks import CLIENT_SECRET

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
RUN = """
mutation Run($query: String!, $groupObjects: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
    bulkOperation { id status type }
    userErrors { code field message }
  }
}
"""
STATUS = """
query Status($id: ID!) {
  bulkOperation(id: $id) {
    id status errorCode completedAt objectCount rootObjectCount fileSize url partialDataUrl
  }
}
"""
CANCEL = """
mutation Cancel($id: ID!) {
  bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors { message } }
}
"""
CUSTOMERS = "{ customers { edges { node { id createdAt } } } }"
ORDERS = "{ orders { edges { node { id name lineItems { edges { node { id title } } } } } } }"


class Bulk:
    """A simulated store in this process, whose clock stands still until it is told."""

    def __init__(self, customers: int = 12) -> None:
        self.now = START
        terms = Terms(bulk=Speed(seconds=60, objects=100))
        shop = Shop(terms=terms, start=START, customers=customers)
        app = create_app([shop], now=lambda: self.now, seconds=self._seconds)
        self.http = httpx.Client(transport=InProcess(app), base_url="http://store.test")

    def _seconds(self) -> float:
        return self.now.timestamp()

    def ask(self, query: str, /, **variables: Any) -> Any:
        """Send a GraphQL request and return its data."""
        response = self.http.post(
            "/admin/api/2026-10/graphql.json",
            json={"query": query, "variables": variables},
            headers={"X-Shopify-Access-Token": ACCESS_TOKEN},
        )
        return response.json()["data"]

    def run(self, query: str = CUSTOMERS, *, grouped: bool = False) -> Any:
        """Begin an operation."""
        return self.ask(RUN, query=query, groupObjects=grouped)["bulkOperationRunQuery"]

    def wait(self, **how: float) -> None:
        """Let time pass."""
        self.now += timedelta(**how)

    def status(self, gid: str) -> Any:
        """Look at an operation."""
        return self.ask(STATUS, id=gid)["bulkOperation"]

    def finished(self, query: str = CUSTOMERS, *, grouped: bool = False) -> Any:
        """Run an operation to its end, and return how that is."""
        gid = self.run(query, grouped=grouped)["bulkOperation"]["id"]
        self.wait(hours=1)
        return self.status(gid)

    def lines(self, told: Any) -> list[Any]:
        """Download a result."""
        return [json.loads(line) for line in self.http.get(told["url"]).text.splitlines()]

    def world(self, kind: str) -> list[Any]:
        """List what is in the store."""
        found: list[Any] = self.http.get(f"/_world/{kind}").json()
        return found

    def recent_orders(self) -> set[str]:
        """List the orders that an app sees without `read_all_orders`."""
        oldest = (START - timedelta(days=60)).isoformat()
        return {each["id"] for each in self.world("orders") if each["createdAt"] >= oldest}

    def fault(self, do: str, **how: Any) -> None:
        """Plan a fault of the next operation."""
        assert self.http.post("/_faults", json={"do": do, **how}).status_code == 201


@pytest.fixture
def bulk() -> Bulk:
    """A store with a past."""
    return Bulk()


def test_an_operation_takes_its_time_and_ends(bulk: Bulk) -> None:
    """Created, running, completed: one line for each customer, and the counts say so."""
    began = bulk.run()
    bulk.wait(seconds=30)
    running = bulk.status(began["bulkOperation"]["id"])
    bulk.wait(seconds=90)

    told = bulk.status(began["bulkOperation"]["id"])

    assert (began["bulkOperation"]["status"], running["status"]) == ("CREATED", "RUNNING")
    assert (running["url"], running["objectCount"]) == (None, "0")
    assert (told["status"], told["objectCount"], told["rootObjectCount"]) == (
        "COMPLETED",
        "12",
        "12",
    )
    ids = {line["id"] for line in bulk.lines(told)}
    assert ids == {each["id"] for each in bulk.world("customers")}
    assert int(told["fileSize"]) == len(bulk.http.get(told["url"]).content)


def test_search_filters_hold_in_bulk(bulk: Bulk) -> None:
    """The inner query's filter is the one of the list."""
    found = sorted(each["createdAt"] for each in bulk.world("customers"))
    inner = CUSTOMERS.replace("customers", f"customers(query: \"customer_date:>='{found[8]}'\")")

    told = bulk.finished(inner)

    assert sorted(line["createdAt"] for line in bulk.lines(told)) == found[8:]


def test_children_follow_all_their_parents(bulk: Bulk) -> None:
    """Ungrouped, nested objects come later, each with the id of what it belongs to."""
    lines = bulk.lines(bulk.finished(ORDERS))

    parents = [line["id"] for line in lines if "__parentId" not in line]
    children = lines[len(parents) :]
    assert set(parents) == bulk.recent_orders()
    assert all("__parentId" in line for line in children)
    assert {line["__parentId"] for line in children} <= set(parents)
    assert all("lineItems" not in line for line in lines)


def test_grouped_children_follow_their_own_parent(bulk: Bulk) -> None:
    """Grouped, each order's lines are right below it."""
    lines = bulk.lines(bulk.finished(ORDERS, grouped=True))

    holder = ""
    for line in lines:
        holder = line["id"] if "__parentId" not in line else holder
        assert line.get("__parentId", holder) == holder
    assert len(lines) > len(bulk.recent_orders())


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("{ shop { name } }", "at least one connection"),
        ('{ node(id: "gid://shopify/Customer/1") { id } }', "top level `node`"),
        ("{ customers { edges { node { createdAt } } } }", "must ask for the `id`"),
        ("{ customers { edges { node { id nonsense } } } }", "Invalid bulk query"),
        (
            "{ products { edges { node { id variants { edges { node { id inventoryItem { id"
            " inventoryLevels { edges { node { id } } } } } } } } } } }",
            "nested deeper than 2 levels",
        ),
    ],
)
def test_what_shopify_does_not_run_in_bulk(bulk: Bulk, query: str, why: str) -> None:
    """A user error says what is wrong, and nothing begins."""
    told = bulk.run(query)

    assert told["bulkOperation"] is None
    assert told["userErrors"][0]["code"] == "INVALID"
    assert why in told["userErrors"][0]["message"]


def test_five_at_once(bulk: Bulk) -> None:
    """The sixth is refused until one of the five is over."""
    began = [bulk.run() for _ in range(6)]
    bulk.wait(hours=1)

    after = bulk.run()

    assert [each["bulkOperation"] is not None for each in began] == [True] * 5 + [False]
    assert began[5]["userErrors"][0]["code"] == "LIMIT_REACHED"
    assert after["bulkOperation"]["status"] == "CREATED"


def test_cancelling_takes_a_moment(bulk: Bulk) -> None:
    """An operation that runs is being cancelled, then it is; one that is over stays so."""
    gid = bulk.run()["bulkOperation"]["id"]

    cancelled = bulk.ask(CANCEL, id=gid)["bulkOperationCancel"]
    later = bulk.status(gid)["status"]
    again = bulk.ask(CANCEL, id=gid)["bulkOperationCancel"]

    assert cancelled["bulkOperation"]["status"] == "CANCELING"
    assert later == "CANCELED"
    assert again["userErrors"] == [
        {"message": "A bulk operation cannot be canceled when it is canceled"}
    ]


def test_results_are_served_by_range(bulk: Bulk) -> None:
    """Parts of a result are the whole, in pieces that may cut lines."""
    told = bulk.finished()
    whole, size = bulk.http.get(told["url"]).content, int(told["fileSize"])

    parts = [
        bulk.http.get(told["url"], headers={"Range": f"bytes={at}-{at + 99}"})
        for at in range(0, size, 100)
    ]

    assert {part.status_code for part in parts} == {206}
    assert b"".join(part.content for part in parts) == whole
    assert parts[0].headers["content-range"] == f"bytes 0-99/{size}"
    beyond = bulk.http.get(told["url"], headers={"Range": f"bytes={size}-{size + 9}"})
    assert beyond.status_code == 416


def test_addresses_are_signed_and_expire(bulk: Bulk) -> None:
    """A changed address is refused at once, a true one after seven days."""
    told = bulk.finished()

    forged = bulk.http.get(told["url"].replace("Expires=", "Expires=1"))
    bulk.wait(days=7)
    late = bulk.http.get(told["url"])

    assert (forged.status_code, late.status_code) == (403, 400)
    assert "ExpiredToken" in late.text
    assert bulk.status(told["id"])["status"] == "EXPIRED"
    assert bulk.status(told["id"])["url"] is None


def test_empty_result_has_no_address(bulk: Bulk) -> None:
    """What finds nothing completes without a file."""
    told = bulk.finished('{ customers(query: "id:1") { edges { node { id } } } }')

    assert (told["status"], told["objectCount"], told["url"]) == ("COMPLETED", "0", None)


def test_finish_webhook_is_signed_and_sometimes_comes_twice(bulk: Bulk) -> None:
    """Of three ends the last is told twice; each delivery names its operation and how it ended."""
    for _ in range(3):
        bulk.run()
    bulk.wait(hours=1)

    made = bulk.http.post("/_webhooks").json()["deliveries"]

    bodies = [base64.b64decode(each["body"]) for each in made]
    assert [each["topic"] for each in made] == ["bulk_operations/finish"] * 4
    assert [json.loads(body)["status"] for body in bodies] == ["completed"] * 4
    assert bodies[2] == bodies[3]
    digest = hmac.digest(CLIENT_SECRET.encode(), bodies[0], hashlib.sha256)
    assert made[0]["headers"]["X-Shopify-Hmac-Sha256"] == base64.b64encode(digest).decode()
    assert bulk.http.post("/_webhooks").json() == {"deliveries": []}


def test_failed_operation_says_why(bulk: Bulk) -> None:
    """It has no result, whatever it had read."""
    bulk.fault("bulk_fail", code="TIMEOUT")

    told = bulk.finished()

    assert (told["status"], told["errorCode"], told["url"]) == ("FAILED", "TIMEOUT", None)
    assert told["partialDataUrl"] is None


def test_partial_result_has_an_address_of_its_own() -> None:
    """What was read before it failed is under `partialDataUrl`, and is less than all."""
    bulk = Bulk(customers=300)
    bulk.fault("bulk_partial")

    told = bulk.finished()

    assert (told["status"], told["url"]) == ("FAILED", None)
    lines = bulk.http.get(told["partialDataUrl"]).text.splitlines()
    assert len(lines) == int(told["objectCount"]) == 250


@pytest.mark.parametrize(("do", "ends_well"), [("bulk_cut", False), ("bulk_short", True)])
def test_result_that_lacks_its_end(bulk: Bulk, do: str, ends_well: bool) -> None:
    """Only the count of objects tells that the last line is cut, or missing."""
    bulk.fault(do)

    told = bulk.finished()

    content = bulk.http.get(told["url"]).content
    assert (told["status"], told["objectCount"]) == ("COMPLETED", "12")
    assert (content.count(b"\n"), content.endswith(b"\n")) == (11, ends_well)
    assert int(told["fileSize"]) == len(content)


def test_address_that_has_expired_too_early(bulk: Bulk) -> None:
    """The first request is refused as too late; the next one is served."""
    bulk.fault("bulk_expired")

    told = bulk.finished()

    assert [bulk.http.get(told["url"]).status_code for _ in range(2)] == [400, 200]


def test_operation_that_never_ends(bulk: Bulk) -> None:
    """It runs and runs."""
    bulk.fault("bulk_stuck")

    assert bulk.finished()["status"] == "RUNNING"


def test_lost_webhook(bulk: Bulk) -> None:
    """The operation ends, and nobody is told."""
    bulk.fault("bulk_unheard")

    told = bulk.finished()

    assert told["status"] == "COMPLETED"
    assert bulk.http.post("/_webhooks").json() == {"deliveries": []}


def test_denied_fields_end_an_operation() -> None:
    """What the app may not see fails the operation as a whole."""
    bulk = Bulk()
    bulk.fault("errors_partial", fields=["Customer.createdAt"], match={"operation": "Run"})

    told = bulk.finished()

    assert (told["status"], told["errorCode"]) == ("FAILED", "ACCESS_DENIED")
