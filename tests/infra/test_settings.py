"""Who gets to the settings API and its page: IAM's alone to the operators' route."""

from infra.settings import PAGES
from shopbridge.entry.page.pages import SHOWS
from shopbridge.page.frame import PAGES as MENU
from shopbridge.page.frame import SESSION_TOKEN
from tests.infra.synthesis import Synthesis


def test_operators_come_by_iam(cloud: Synthesis) -> None:
    """All other routes are open, for signed tokens; a page can be got and nothing else."""
    routes = {
        route.properties["RouteKey"]: route.properties.get("AuthorizationType", "NONE")
        for route in cloud.all("AWS::ApiGatewayV2::Route")
        if route.id.startswith("Settings")
    }

    assert routes == {
        "ANY /api/v1/{proxy+}": "NONE",
        "ANY /ops/v1/{proxy+}": "AWS_IAM",
        "GET /": "NONE",
        "GET /from-shopify": "NONE",
        "GET /historic-sync": "NONE",
        "GET /to-shopify": "NONE",
        "GET /activity": "NONE",
        "GET /session-token": "NONE",
        "GET /assets/{proxy+}": "NONE",
    }


def test_every_page_has_its_route() -> None:
    """What the page's own menu leads to is what API Gateway lets through."""
    assert {f"/{path}" for path in (*SHOWS, SESSION_TOKEN)} == set(PAGES) - {"/assets/{proxy+}"}
    assert list(SHOWS) == list(MENU)


def test_the_function_ends_before_the_gateway_gives_up(cloud: Synthesis) -> None:
    """API Gateway waits for 30 s."""
    assert cloud.named("SettingsApi").properties["Timeout"] == 29
