"""Lists are paged, sorted and searched as Shopify does it, silent traps included."""

from typing import Any

import pytest

from tests.local.store_shop import StoreInProcess

PAGE = """
query Page($first: Int, $after: String, $query: String, $reverse: Boolean) {
  customers(first: $first, after: $after, query: $query, reverse: $reverse, sortKey: UPDATED_AT) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest.fixture
def store() -> StoreInProcess:
    """A store with a past, in this process."""
    return StoreInProcess()


def code(answer: Any) -> str:
    """The code of an answer's first error."""
    return str(answer["errors"][0]["extensions"]["code"])


def test_pages_hold_everybody_once(store: StoreInProcess) -> None:
    """Following the cursors to the end meets each customer exactly once, oldest change first."""
    found: list[str] = []
    after = None
    while True:
        page = store.ask(PAGE, first=5, after=after)["data"]["customers"]
        found += [each["id"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(found) == len(set(found)) == 12
    backwards = store.ask(PAGE, first=250, reverse=True)["data"]["customers"]["nodes"]
    assert [each["id"] for each in backwards] == found[::-1]


@pytest.mark.parametrize("first", [None, 251])
def test_page_sizes_are_limited(store: StoreInProcess, first: int | None) -> None:
    """No size at all and more than 250 are refused."""
    assert code(store.ask(PAGE, first=first)) == "BAD_REQUEST"


def test_quoted_times_filter(store: StoreInProcess) -> None:
    """A quoted lower bound is inclusive and leaves no warning."""
    bound = store.ask(PAGE, first=250)["data"]["customers"]["nodes"][8]["updatedAt"]

    answer = store.ask(PAGE, first=250, query=f"updated_at:>='{bound}'")

    assert len(answer["data"]["customers"]["nodes"]) == 4
    assert "search" not in answer["extensions"]


@pytest.mark.parametrize("query", ["updated_at:>=2030-01-01T00:00:00Z", "nonsense:1"])
def test_bad_filters_are_dropped_with_a_warning(store: StoreInProcess, query: str) -> None:
    """As on Shopify, everybody is found, and only a warning tells."""
    answer = store.ask(PAGE, first=250, query=query)

    assert len(answer["data"]["customers"]["nodes"]) == 12
    (search,) = answer["extensions"]["search"]
    assert (search["path"], search["query"]) == (["customers"], query)
    assert search["warnings"][0]["code"] == "invalid_field"


def test_filters_that_shopify_has_are_not_dropped_silently(store: StoreInProcess) -> None:
    """A real filter that the simulator lacks is an error."""
    assert code(store.ask(PAGE, first=5, query="total_spent:>5")) == "NOT_MODELLED"
