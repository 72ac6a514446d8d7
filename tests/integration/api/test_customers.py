"""The page shows whom each primary key would leave out."""

from typing import Any

import pytest

from shopbridge.shopify import counting
from shopbridge.shopify.counting import Number
from shopbridge.shopify.verdict import Answer
from tests.integration.api.calling import Gateway


def customers(api: Gateway) -> list[dict[str, Any]]:
    """List the simulated store's customers."""
    found: list[dict[str, Any]] = api.shopify.get("/_world/customers").json()
    return found


def without(api: Gateway, customer: dict[str, Any], field: str) -> None:
    """Take something from a customer."""
    change = {"set": {"id": customer["id"], "fields": {field: None}}}
    assert api.shopify.post("/_world", json=change).is_success


def test_keys_and_whom_they_leave_out(api: Gateway) -> None:
    """Two lose their address; whoever has no phone is counted beside them."""
    everybody = customers(api)
    for one in everybody[:2]:
        without(api, one, "defaultEmailAddress")
    phoneless = sum(1 for one in everybody if not one["defaultPhoneNumber"])

    told = api("GET", "/customers/lacking").json

    assert told == {
        "customers": 12,
        "lacking": {"CUSTID": 0, "EMAIL": 2, "MOBILE": phoneless},
        "exact": True,
    }


def test_a_filter_that_shopify_ignores_is_no_number(api: Gateway) -> None:
    """Its warning is an error: an ignored filter would count everybody."""
    count = 'query Q { customersCount(query: "-email:*") { count } }'

    told: Any = api.shopify.post(
        "/admin/api/2026-10/graphql.json",
        json={"query": count},
        headers={"X-Shopify-Access-Token": api.admin_token},
    ).json()

    assert told["extensions"]["search"][0]["warnings"][0]["code"] == "invalid_field"


class Endless:
    """A store whose customers never end."""

    def __init__(self) -> None:
        self.after: list[str | None] = []

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Answer with a full page and another behind it."""
        self.after.append(variables["after"])
        cursor = f"c{len(self.after)}"
        page = {
            "nodes": [{"id": "x"}] * 250,
            "pageInfo": {"hasNextPage": True, "endCursor": cursor},
        }
        return Answer({"customers": page})


@pytest.mark.parametrize("field", ["email", "phone"])
def test_large_stores_are_counted_in_part(field: counting.Field) -> None:
    """After eight pages there are at least 2,000."""
    store = Endless()

    found = counting.lacking(store, field)

    assert found == Number(2000, is_exact=False)
    assert store.after == [None, "c1", "c2", "c3", "c4", "c5", "c6", "c7"]
