"""Every topic: its file, its place, its words, its fixture."""

import json

import msgspec
import pytest

from infra.topics import TOPICS, WEBHOOKS, summary
from tests.unit.translate.given import FIXTURES, fixture, fixture_path, translated, webhook

SERVED = {
    *("app/scopes_update", "app/uninstalled"),
    "bulk_operations/finish",
    *("carts/create", "carts/update"),
    *("checkouts/create", "checkouts/delete", "checkouts/update"),
    *("customer.tags_added", "customer.tags_removed"),
    *("customers/create", "customers/data_request", "customers/delete"),
    *("customers/redact", "shop/redact"),
    *("customers/purchasing_summary", "customers/update"),
    *("customers_email_marketing_consent/update", "customers_marketing_consent/update"),
    *("fulfillments/create", "fulfillments/update"),
    "inventory_items/update",
    *("inventory_levels/connect", "inventory_levels/disconnect", "inventory_levels/update"),
    *("orders/cancelled", "orders/create", "orders/edited", "orders/fulfilled"),
    *("orders/partially_fulfilled", "orders/updated"),
    *("products/create", "products/delete", "products/update"),
    "refunds/create",
    "shop/update",
}


def test_we_serve_the_topics_that_are_promised() -> None:
    """The files below `functions/webhooks` are exactly the topics that the README lists."""
    assert set(TOPICS) == SERVED


@pytest.mark.parametrize("topic", TOPICS)
def test_payload_becomes_the_commands_of_its_fixture(topic: str) -> None:
    """A topic's sample payload gives exactly the commands written beside it."""
    case = fixture(topic)

    commands = translated(topic, case["payload"])

    assert json.loads(msgspec.json.encode(commands)) == case["commands"]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_path_is_the_topic(topic: str) -> None:
    """The handler in `<resource>/<event>.py` serves the topic of that name."""
    assert webhook(topic).topic == topic


@pytest.mark.parametrize("topic", TOPICS)
def test_the_docstring_begins_with_the_topic(topic: str) -> None:
    """The first line of a topic's file is its README row: topic, colon, what happens."""
    topic_named, colon, told = summary(TOPICS[topic]).partition(": ")

    assert (topic_named, colon) == (topic, ": ")
    assert told.endswith(".")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_told_in_a_glance(topic: str) -> None:
    """A topic's file has 12 to 25 lines: what is longer belongs to `translate/`."""
    assert 12 <= len(TOPICS[topic].read_text("utf-8").splitlines()) <= 25


def test_every_fixture_has_its_topic() -> None:
    """No fixture is left behind by a topic that went away."""
    found = set((FIXTURES / "webhooks").rglob("*.json"))

    assert found == {fixture_path(topic) for topic in TOPICS}
    assert len({path.parent for path in TOPICS.values()}) == len(list(WEBHOOKS.iterdir()))
