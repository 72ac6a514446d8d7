"""Each topic is deployed alone and reached both ways."""

from pathlib import Path

import pytest

from infra.topics import TOPICS, summary, topics
from tests.infra.synthesis import PARTNER_SOURCE, Resource, Synthesis

SERVED = {
    "app/scopes_update",
    "app/uninstalled",
    "bulk_operations/finish",
    "carts/create",
    "carts/update",
    "checkouts/create",
    "checkouts/delete",
    "checkouts/update",
    "customer.tags_added",
    "customer.tags_removed",
    "customers/create",
    "customers/data_request",
    "customers/delete",
    "customers/purchasing_summary",
    "customers/redact",
    "customers/update",
    "customers_email_marketing_consent/update",
    "customers_marketing_consent/update",
    "fulfillments/create",
    "fulfillments/update",
    "inventory_items/update",
    "inventory_levels/connect",
    "inventory_levels/disconnect",
    "inventory_levels/update",
    "orders/cancelled",
    "orders/create",
    "orders/edited",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/updated",
    "products/create",
    "products/delete",
    "products/update",
    "refunds/create",
    "shop/redact",
    "shop/update",
}


def test_every_topic_we_promise_has_its_file() -> None:
    """The files under functions/webhooks are the topics of the README, no more, no fewer."""
    assert set(TOPICS) == SERVED


def test_path_and_topic_are_the_same(tmp_path: Path) -> None:
    """Only the resource `customer` is written with a dot; underscores stay."""
    for file in ("customer/tags_added.py", "customers/update.py", "orders/partially_fulfilled.py"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()

    found = topics(tmp_path)

    assert list(found) == ["customer.tags_added", "customers/update", "orders/partially_fulfilled"]


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_route_leads_to_the_function_of_its_file(cloud: Synthesis, topic: str) -> None:
    """POST /webhooks/<topic> runs the file of that path, which API Gateway may invoke."""
    function = routed(cloud, topic)

    assert function.properties["Description"] == summary(TOPICS[topic])
    assert function.properties["Handler"] == f"{TOPICS[topic].stem}.handler"
    assert "apigateway.amazonaws.com" in callers(cloud, function)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_rule_delivers_both_spellings_of_the_topic(cloud: Synthesis, topic: str) -> None:
    """The partner's events about a topic reach its function, whatever the header's case."""
    function = routed(cloud, topic)
    (rule,) = [
        rule
        for rule in cloud.all("AWS::Events::Rule")
        if cloud.meant(rule.properties["Targets"][0]["Arn"]) == function
    ]

    assert rule.properties["EventPattern"] == {
        "source": [{"prefix": "aws.partner/shopify.com"}],
        "account": [{"Ref": "AWS::AccountId"}],
        "detail-type": ["shopifyWebhook"],
        "detail": {"metadata": {"$or": [{"X-Shopify-Topic": [topic]}, {"shopify-topic": [topic]}]}},
    }
    assert "events.amazonaws.com" in callers(cloud, function)


def test_each_topic_has_its_own_code(cloud: Synthesis) -> None:
    """No two topics share an asset, so each deploys alone."""
    functions = [routed(cloud, topic) for topic in TOPICS]
    keys = {function.properties["Code"]["S3Key"] for function in functions}

    assert len(keys) == len(TOPICS)


def test_topic_function_ends_before_shopify_gives_up(cloud: Synthesis) -> None:
    """Each has 4 of Shopify's 5 seconds, 256 MB, and no reserved share of the account."""
    for topic in TOPICS:
        properties = routed(cloud, topic).properties
        assert (properties["Timeout"], properties["MemorySize"]) == (4, 256)
        assert "ReservedConcurrentExecutions" not in properties


def test_bus_belongs_to_the_partner_event_source(cloud: Synthesis) -> None:
    """The bus is named as the source, which associates it."""
    (bus,) = cloud.all("AWS::Events::EventBus")

    assert bus.properties["Name"] == PARTNER_SOURCE
    assert bus.properties["EventSourceName"] == PARTNER_SOURCE


def test_without_a_partner_source_there_is_only_https(https_only: Synthesis) -> None:
    """No bus, no rule, and still a route for each topic."""
    assert https_only.all("AWS::Events::EventBus", "AWS::Events::Rule") == []
    routes = [route.properties["RouteKey"] for route in https_only.all("AWS::ApiGatewayV2::Route")]
    assert len([key for key in routes if key.startswith("POST /webhooks/")]) == len(TOPICS)


def routed(synthesis: Synthesis, topic: str) -> Resource:
    """The function behind the route of `topic`."""
    (route,) = [
        route
        for route in synthesis.all("AWS::ApiGatewayV2::Route")
        if route.properties["RouteKey"] == f"POST /webhooks/{topic}"
    ]
    _, integration = route.properties["Target"]["Fn::Join"][1]
    return synthesis.meant(synthesis.meant(integration).properties["IntegrationUri"])


def callers(synthesis: Synthesis, function: Resource) -> set[str]:
    """Which services may invoke `function`."""
    return {
        permission.properties["Principal"]
        for permission in synthesis.all("AWS::Lambda::Permission")
        if synthesis.meant(permission.properties["FunctionName"]) == function
    }
