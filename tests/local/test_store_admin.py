"""The simulated Admin API answers what Shopify's schema allows, from the world as it is."""

from typing import Any

import pytest

from local.store.app import Shop
from local.store.served import Terms
from tests.local.store_shop import START, StoreInProcess

NODES = """
query Contacts($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Customer {
      id
      tags
      numberOfOrders
      amountSpent { amount currencyCode }
      lastOrder { name }
      defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
      defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
    }
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


def test_nodes_keep_their_order_and_tell_what_is_gone(store: StoreInProcess) -> None:
    """Customers come as they are; an id that means nothing is null."""
    known = store.get("/_world/customers")
    ids = [known[3]["id"], "gid://shopify/Customer/99", known[0]["id"]]

    answer = store.ask(NODES, ids=ids)

    third, gone, first = answer["data"]["nodes"]
    assert gone is None
    assert (third["id"], first["id"]) == (ids[0], ids[2])
    assert first["numberOfOrders"] == "1"
    assert first["lastOrder"] == {"name": "#1001"}
    assert first["defaultEmailAddress"]["marketingState"] == "SUBSCRIBED"
    assert first["defaultPhoneNumber"]["smsMarketingConsent"]["state"] == "SUBSCRIBED"


def test_life_is_seen_at_once(store: StoreInProcess) -> None:
    """What happened a moment ago is in the next answer, and its webhooks are handed over."""
    made = store.happen("register", subscribes=False)

    answer = store.ask(NODES, ids=made["resources"])

    (customer,) = answer["data"]["nodes"]
    assert customer["defaultEmailAddress"]["marketingState"] == "NOT_SUBSCRIBED"
    assert [each["topic"] for each in made["deliveries"]] == ["customers/create"]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("{ shop { nmae } }", "Cannot query field 'nmae' on type 'Shop'."),
        ("{ customers(first: 1) { nodes { email } } }", "The field Customer.email is deprecated."),
        ("{ shop { name }", "Syntax Error"),
    ],
)
def test_refuses_what_the_schema_does_not_have(
    store: StoreInProcess, query: str, complaint: str
) -> None:
    """Unknown and deprecated fields and broken documents are errors under HTTP 200."""
    response = store.post(query)

    assert response.status_code == 200
    assert complaint in response.json()["errors"][0]["message"]
    assert "data" not in response.json()


def test_says_what_it_does_not_model(store: StoreInProcess) -> None:
    """A field that cannot be null is an error, not an invention; one that can be is null."""
    loud = store.ask("{ shop { weightUnit } }")
    quiet = store.ask("{ shop { description } }")

    assert code(loud) == "NOT_MODELLED"
    assert quiet["data"] == {"shop": {"description": None}}


def test_orders_beyond_sixty_days_need_a_scope(store: StoreInProcess) -> None:
    """Without `read_all_orders` old orders are missing, from lists and counts alike."""
    everything = store.get("/_world")["orders"]

    answer = store.ask("{ orders(first: 250) { nodes { id } } ordersCount { count precision } }")

    seen = len(answer["data"]["orders"]["nodes"])
    assert 0 < seen < everything
    assert answer["data"]["ordersCount"] == {"count": seen, "precision": "EXACT"}


def test_products_reach_down_to_stock(store: StoreInProcess) -> None:
    """Product, variant, inventory item, level and location are linked."""
    answer = store.ask(
        """{ products(first: 1) { nodes { title variants(first: 1) { nodes {
          price inventoryItem { tracked inventoryLevels(first: 5) { nodes {
            location { name } quantities(names: ["available"]) { name quantity }
          } } } } } } } }"""
    )

    (variant,) = answer["data"]["products"]["nodes"][0]["variants"]["nodes"]
    levels = variant["inventoryItem"]["inventoryLevels"]["nodes"]
    assert [each["location"]["name"] for each in levels] == ["Warehouse", "High Street"]
    assert [each["name"] for each in levels[0]["quantities"]] == ["available"]


def test_each_store_has_its_own_token() -> None:
    """The token tells which store is meant; an unknown one is refused."""
    shops = (
        Shop(start=START),
        Shop("other.myshopify.com", Terms(token="other-token"), start=START),
    )
    store = StoreInProcess(shops)

    assert store.post("{ shop { name } }", token="wrong").status_code == 401
    answer = store.post("{ shop { myshopifyDomain } }", token="other-token").json()
    assert answer["data"]["shop"]["myshopifyDomain"] == "other.myshopify.com"


LEFT = """
query Left($query: String, $after: String) {
  abandonedCheckouts(first: 2, after: $after, query: $query, sortKey: CREATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id completedAt abandonedCheckoutUrl }
  }
  abandonedCheckoutsCount(query: $query) { count }
}
"""


def left(store: StoreInProcess, query: str | None = None, **more: Any) -> tuple[list[str], Any]:
    """Ask for abandoned checkouts; return their ids, and the answer."""
    data = store.ask(LEFT, query=query, **more)["data"]
    return [node["id"] for node in data["abandonedCheckouts"]["nodes"]], data


def test_checkouts_are_listed_once_their_buyer_is_known() -> None:
    """Recovered ones too; page by page, and by when they changed."""
    store = StoreInProcess((Shop(start=START),))
    buyer = store.get("/_world/customers")[0]["id"]
    before = store.ask(LEFT)["data"]["abandonedCheckoutsCount"]["count"]
    nobody = store.happen("start_checkout")["resources"][0]
    came = [store.happen("start_checkout", customer=buyer)["resources"][0] for _ in range(3)]
    store.happen("purchase", came[0])
    stamps = {each["id"]: each["createdAt"] for each in store.get("/_world/checkouts")}
    since = f"created_at:>='{stamps[came[0]]}'"

    first, data = left(store, since)
    info = data["abandonedCheckouts"]["pageInfo"]
    rest, _ = left(store, since, after=info["endCursor"])
    recovered, _ = left(store, f"recovery_state:recovered AND {since}")

    assert store.ask(LEFT)["data"]["abandonedCheckoutsCount"]["count"] == before + 3
    assert {*came} <= {*first, *rest}
    assert nobody not in {*first, *rest}
    assert info["hasNextPage"] is True
    assert recovered == [came[0]]
    assert left(store, f"updated_at:<'{stamps[came[0]]}' AND {since}")[0] == []
