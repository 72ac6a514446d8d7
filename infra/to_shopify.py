"""What Netcore posts to, and the links by which people unsubscribe."""

from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.parts import Parts
from infra.permission import Permission
from infra.topics import FUNCTIONS
from shopbridge.to_shopify.posted import TOPICS

TO_SHOPIFY = FUNCTIONS / "to_shopify"
SECONDS = 10
MEMORY_MB = 512

SECRET = "The caller shows or signs with its store's secret; the function checks that."
TOKEN = "Whoever holds a mail may unsubscribe by it; the function checks the signed token."
GET, POST = apigw.HttpMethod.GET, apigw.HttpMethod.POST


class ToShopify(Construct):
    """Two functions that take in and publish; the worker `to_shopify` does the rest."""

    def __init__(self, scope: Construct, id_: str, parts: Parts) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        tables, data = parts.data.tables, parts.data
        self.events = self._function(
            "events",
            environment={
                **parts.tokens.vault_environment,
                "KEPT_BUCKET": data.buckets.kept.bucket_name,
            },
            may=[
                permissions.table(tables.ledger, (*permissions.UPDATE, "Query")),
                permissions.put(data.buckets.kept, "claim/*", "parked/*"),
                permissions.use_key(data.keys.content, "s3", "sns"),
                permissions.decrypt_secrets(data.keys.secrets),
            ],
        )
        unsubscribe = self._function(
            "unsubscribe",
            environment={
                **parts.tokens.environment,
                "KEPT_BUCKET": data.buckets.kept.bucket_name,
            },
            may=[
                permissions.table(tables.ledger, permissions.UPDATE),
                permissions.put(data.buckets.kept, "parked/*"),
                permissions.use_key(data.keys.content, "s3", "sns"),
                *parts.tokens.client_secrets,
            ],
        )
        posted = HttpLambdaIntegration("EventsIntegration", self.events)
        self._route("Events", "/netcore/{store}/events", posted, SECRET, POST)
        self._route("EventsBySecret", "/netcore/{store}/events/{secret}", posted, SECRET, POST)
        linked = HttpLambdaIntegration("LinkIntegration", unsubscribe)
        self._route("Link", "/u/{token}", linked, TOKEN, GET)
        self._route("LinkPost", "/u/{token}", linked, TOKEN, POST)

    @property
    def topics(self) -> dict[str, str]:
        """Names of the functions that take what is replayed, by topic."""
        return dict.fromkeys(TOPICS, self.events.function_name)

    def _function(
        self, name: str, *, environment: dict[str, str], may: list[Permission]
    ) -> SourceFunction:
        parts, tables = self._parts, self._parts.data.tables
        topic = parts.commands.topic
        return SourceFunction(
            self,
            TO_SHOPIFY / f"{name}.py",
            base=parts.base,
            environment={
                **environment,
                **tables.told("stores", "ledger"),
                "COMMANDS_TOPIC_ARN": topic.topic_arn,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.publish(topic),
                *may,
            ],
            timeout_seconds=SECONDS,
            memory_mb=MEMORY_MB,
        )

    def _route(
        self,
        id_: str,
        path: str,
        integration: HttpLambdaIntegration,
        open_because: str,
        method: apigw.HttpMethod,
    ) -> None:
        route = apigw.HttpRoute(
            self,
            f"{id_}Route",
            http_api=self._parts.api.http,
            route_key=apigw.HttpRouteKey.with_(path, method),
            integration=integration,
        )
        accept(route, {"AwsSolutions-APIG4": open_because})
