"""`shopify.app.toml` says what the code says today."""

import tomllib
from pathlib import Path

import pytest

from cli.needed_scopes import OPTIONAL, Schema, chosen, needed
from cli.toml import Own, written
from infra.shopify_app import TOML, ShopifyApp
from infra.topics import TOPICS
from local.store.oauth.pairs import SCOPES
from shopbridge.shopify.version import API_VERSION


@pytest.fixture(scope="module")
def schema() -> Schema:
    """Shopify's own, as `make setup` fetched it."""
    return Schema()


def test_committed_file_is_not_stale(schema: Schema) -> None:
    """`make toml` would write what is there."""
    assert written(Own.read(TOML), needed(schema)) == TOML.read_text("utf-8")


def test_file_has_every_topic_at_its_route() -> None:
    """Each topic once, at the path of its function, in the version we read."""
    told = tomllib.loads(TOML.read_text("utf-8"))

    subscribed = {
        (each.get("topics") or each["compliance_topics"])[0]: each["uri"]
        for each in told["webhooks"]["subscriptions"]
    }

    assert subscribed == {topic: f"/webhooks/{topic}" for topic in TOPICS}
    assert told["webhooks"]["api_version"] == API_VERSION


def test_scopes_are_the_fewest_that_do(schema: Schema) -> None:
    """What topics and documents need; the catalogue's own scope is asked for later."""
    assert needed(schema) == [
        "read_fulfillments",
        "read_inventory",
        "read_orders",
        "read_products",
        "write_customers",
    ]
    assert OPTIONAL == ("read_locations",)


def test_simulated_merchant_grants_all_that_is_asked_for(schema: Schema) -> None:
    """The local run would refuse to install otherwise."""
    assert {*needed(schema), *OPTIONAL} <= SCOPES


@pytest.mark.parametrize(
    ("topic", "scopes"),
    [
        ("orders/create", ("read_orders", "read_marketplace_orders")),
        ("customer.tags_added", ("read_customers",)),
        ("app/uninstalled", ()),
    ],
)
def test_topic_says_its_scopes(schema: Schema, topic: str, scopes: tuple[str, ...]) -> None:
    """They are in the schema's words about it."""
    assert schema.of_topic(topic) == scopes


def test_document_says_its_scopes(schema: Schema) -> None:
    """Of the fields, of the types they lead to, and of the types that fragments name."""
    text = "query One($id: ID!) { node(id: $id) { ... on Location { address { city } } } }"

    choices = {choice for choice in schema.of_document(text) if choice}

    assert choices == {
        ("read_locations",),
        ("read_locations", "read_inventory", "read_markets_home"),
    }


def test_alternatives_that_are_covered_add_nothing() -> None:
    """What has no alternative goes first, and writing covers reading."""
    asked = [("read_a", "read_b"), ("read_b",), ("read_c", "read_d"), ("write_e",), ("read_e",)]

    assert sorted(chosen(asked)) == ["read_b", "read_c", "write_e"]


def test_what_is_the_developers_stays(tmp_path: Path) -> None:
    """Linking the app and moving it survive the next `make toml`."""
    own = Own("Leaf", "0123", "https://leaf.example/", "leaf")
    file = tmp_path / "shopify.app.toml"

    file.write_text(written(own, ["read_orders"], []))

    assert Own.read(file) == own
    assert ShopifyApp.read(file) == ShopifyApp("0123", "read_orders")
    told = tomllib.loads(file.read_text())
    assert told["auth"]["redirect_urls"] == ["https://leaf.example/auth/callback"]


def test_app_that_is_not_linked_says_so(tmp_path: Path) -> None:
    """Functions get a word instead of nothing, and infra warns."""
    file = tmp_path / "shopify.app.toml"
    file.write_text(written(Own(), ["read_orders"], []))

    assert not ShopifyApp.read(file).is_linked
