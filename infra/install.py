"""How stores install the app: the pages that a merchant's browser asks for."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.parts import Parts
from infra.permission import Permission
from infra.shopify_app import UNLINKED, ShopifyApp
from infra.topics import FUNCTIONS

INSTALL = FUNCTIONS / "install"

# A merchant waits for a page; it asks Shopify once or twice.
PAGE_SECONDS = 29


class Install(Construct):
    """Three pages; what waited for a store is sent on by the job `resume`."""

    def __init__(self, scope: Construct, id_: str, parts: Parts, *, resume: SourceFunction) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._resume = resume
        self._app = ShopifyApp.read()
        if not parts.deployment.local and self._app.client_id == UNLINKED:
            cdk.Annotations.of(self).add_warning_v2(
                "shopbridge:unlinked",
                "shopify.app.toml has no client_id, so no store can install this deployment. "
                "Run `shopify app config link`, then synthesise again.",
            )
        self._page("begin", "GET /auth/begin", ("PutItem",), "Shopify signs the query.")
        self._page(
            "callback",
            "GET /auth/callback",
            (*permissions.WRITE, "DeleteItem"),
            "Shopify signs the query, and a cookie binds it to the browser that began.",
        )
        self._page(
            "exchange",
            "POST /auth/exchange",
            permissions.WRITE,
            "Shopify signs the id token; the function verifies it.",
        )

    def _page(self, name: str, route_key: str, does: tuple[str, ...], open_because: str) -> None:
        """One page: its function, and its route, which anybody may ask for."""
        parts = self._parts
        function = SourceFunction(
            self,
            INSTALL / f"{name}.py",
            base=parts.base,
            environment={
                **parts.tokens.environment,
                **parts.data.tables.told("stores"),
                "SHOPIFY_SCOPES": self._app.scopes,
                "APP_URL": parts.api.http.api_endpoint,
                "RESUME_FUNCTION": self._resume.function_name,
            },
            permissions=[
                permissions.table(parts.data.tables.stores, does),
                *self._page_permissions(name),
            ],
            timeout_seconds=PAGE_SECONDS,
            memory_mb=512,
        )
        method, _, path = route_key.partition(" ")
        route = apigw.HttpRoute(
            self,
            f"{name.title()}Route",
            http_api=parts.api.http,
            route_key=apigw.HttpRouteKey.with_(path, apigw.HttpMethod[method]),
            integration=HttpLambdaIntegration("Integration", function),
        )
        accept(route, {"AwsSolutions-APIG4": open_because})

    def _page_permissions(self, name: str) -> list[Permission]:
        """Beginning needs the client secrets; granting seals tokens and sends on what waited."""
        if name == "begin":
            return self._parts.tokens.client_secrets
        return [
            permissions.encrypt_secrets(self._parts.data.keys.secrets),
            *self._parts.tokens.client_secrets,
            permissions.invoke(self._resume),
        ]
