"""What the command line reads about a deployment."""

import json
from typing import Any

from infra.topics import TOPICS
from shopbridge.to_shopify.posted import TOPICS as NETCORES
from tests.infra.synthesis import PARTNER_SOURCE, Resource, Synthesis


def test_deployment_is_described(cloud: Synthesis) -> None:
    """Addresses and names of all that the command line works on."""
    described = json.loads(flat(parameter(cloud, "/shopbridge/prod/deployment")))

    assert described.keys() == {
        "alarm_topic",
        "api_url",
        "archive_bucket",
        "client_id",
        "client_secrets_parameter",
        "commands_topic",
        "event_bus",
        "feeds",
        "historic_sync",
        "kept_bucket",
        "queues",
        "reconciliation",
        "store_key",
        "sweep",
        "tables",
    }
    assert described["tables"].keys() == {
        *("stores", "ledger", "receipts", "contacts", "catalogue", "checkouts", "runs"),
    }
    assert {"activities", "activities-history", "activities-dead"} < described["queues"].keys()
    assert described["client_secrets_parameter"] == "/shopbridge/prod/client-secrets"
    assert described["event_bus"] == PARTNER_SOURCE


def test_topics_lead_to_their_functions(cloud: Synthesis) -> None:
    """The function of each topic, for replay; Netcore's four are one function's."""
    functions = json.loads(flat(parameter(cloud, "/shopbridge/prod/topics")))

    assert functions.keys() == {*TOPICS, *NETCORES}
    assert len({str(functions[topic]) for topic in NETCORES}) == 1


def test_parameters_may_grow_beyond_four_kilobytes(cloud: Synthesis) -> None:
    """The standard tier would refuse them once there are more topics or queues."""
    for resource in cloud.all("AWS::SSM::Parameter"):
        assert resource.properties["Tier"] == "Intelligent-Tiering"


def test_client_secrets_are_not_cloudformations(cloud: Synthesis) -> None:
    """A template cannot hold a SecureString, so whoever deploys puts it there."""
    names = {resource.properties["Name"] for resource in cloud.all("AWS::SSM::Parameter")}

    assert names == {"/shopbridge/prod/deployment", "/shopbridge/prod/topics"}


def test_access_log_says_nothing_about_persons(cloud: Synthesis) -> None:
    """Route, status, times and sizes: no address, no query, no header."""
    (stage,) = cloud.all("AWS::ApiGatewayV2::Stage")
    form = json.loads(stage.properties["AccessLogSettings"]["Format"])

    assert set(form.values()) == {
        "$context.requestId",
        "$context.requestTime",
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
        "$context.integrationLatency",
        "$context.integrationStatus",
        "$context.responseLength",
        "$context.error.responseType",
    }
    assert stage.properties["DefaultRouteSettings"] == {
        "ThrottlingBurstLimit": 1000,
        "ThrottlingRateLimit": 500,
    }


def parameter(synthesis: Synthesis, name: str) -> Resource:
    """The SSM parameter `name`."""
    (found,) = [r for r in synthesis.all("AWS::SSM::Parameter") if r.properties["Name"] == name]
    return found


def flat(resource: Resource) -> str:
    """Its value, with a word in place of everything that only CloudFormation knows."""
    value: Any = resource.properties["Value"]
    parts = value["Fn::Join"][1] if isinstance(value, dict) else [value]
    return "".join(part if isinstance(part, str) else "later" for part in parts)
