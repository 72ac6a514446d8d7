"""Who gets to the settings API: everybody to the merchants' route, IAM's alone to the other."""

from tests.infra.synthesis import Synthesis


def test_operators_come_by_iam(cloud: Synthesis) -> None:
    """Both routes lead to one function; only the merchants' is open, for signed tokens."""
    routes = {
        route.properties["RouteKey"]: route.properties.get("AuthorizationType", "NONE")
        for route in cloud.all("AWS::ApiGatewayV2::Route")
        if route.id.startswith("Settings")
    }

    assert routes == {"ANY /api/v1/{proxy+}": "NONE", "ANY /ops/v1/{proxy+}": "AWS_IAM"}


def test_the_function_ends_before_the_gateway_gives_up(cloud: Synthesis) -> None:
    """API Gateway waits for 30 s."""
    assert cloud.named("SettingsApi").properties["Timeout"] == 29
