"""What merchants and operators see and change: the settings API, and the page that calls it."""

from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_authorizers import HttpIamAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.historic_sync import HistoricSync
from infra.parts import Parts
from infra.permission import Permission
from infra.topics import FUNCTIONS

# Sending again may read a day of the archive; API Gateway waits for 30 s.
SECONDS = 29

# A merchant waits for a page, which asks DynamoDB twice.
PAGE_SECONDS = 10

# Validation and OpenAPI models take their time to load; more memory is more processor.
MEMORY_MB = 1024

SIGNED = "Shopify signs the session token; the function verifies it and takes the store from it."

# Where a merchant's browser finds us: five pages, the one between them, and what they load.
PAGES = (
    "/",
    "/from-shopify",
    "/historic-sync",
    "/to-shopify",
    "/activity",
    "/session-token",
    "/assets/{proxy+}",
)


class Settings(Construct):
    """What merchants and operators see and change, a store at a time."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        parts: Parts,
        *,
        resume: SourceFunction,
        history: HistoricSync,
        again: SourceFunction,
    ) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._resume = resume
        self._history = history
        self._again = again
        function = SourceFunction(
            self,
            FUNCTIONS / "settings" / "api.py",
            base=parts.base,
            environment=self._environment(),
            permissions=self._permissions(),
            timeout_seconds=SECONDS,
            memory_mb=MEMORY_MB,
        )
        integration = HttpLambdaIntegration("Integration", function)
        merchants = self._route("Merchants", "/api/v1/{proxy+}", integration)
        accept(merchants, {"AwsSolutions-APIG4": SIGNED})
        self._route("Operators", "/ops/v1/{proxy+}", integration, authorizer=HttpIamAuthorizer())
        self._page()

    def _page(self) -> None:
        """Pages that only look: all that changes something goes through the API."""
        parts, tables = self._parts, self._parts.data.tables
        function = SourceFunction(
            self,
            FUNCTIONS / "settings" / "page.py",
            base=parts.base,
            environment={
                **parts.tokens.environment,
                **tables.told("stores", "ledger", "catalogue", "runs"),
                "APP_URL": parts.api.http.api_endpoint,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.ledger, ("Query",)),
                permissions.table(tables.catalogue, permissions.READ),
                permissions.table(tables.runs, (*permissions.READ, "Query")),
                *parts.tokens.client_secrets,
            ],
            timeout_seconds=PAGE_SECONDS,
            memory_mb=MEMORY_MB,
        )
        integration = HttpLambdaIntegration("PageIntegration", function)
        for path in PAGES:
            name = path.strip("/").partition("/")[0].title().replace("-", "") or "Home"
            route = self._route(f"{name}Page", path, integration, method=apigw.HttpMethod.GET)
            accept(route, {"AwsSolutions-APIG4": SIGNED})

    def _route(
        self,
        id_: str,
        path: str,
        integration: HttpLambdaIntegration,
        *,
        authorizer: HttpIamAuthorizer | None = None,
        method: apigw.HttpMethod = apigw.HttpMethod.ANY,
    ) -> apigw.HttpRoute:
        """Everything below `path`; the function itself knows what is there."""
        return apigw.HttpRoute(
            self,
            id_,
            http_api=self._parts.api.http,
            route_key=apigw.HttpRouteKey.with_(path, method),
            integration=integration,
            authorizer=authorizer,
        )

    def _environment(self) -> dict[str, str]:
        parts, data = self._parts, self._parts.data
        return {
            **parts.tokens.environment,
            **data.tables.told("stores", "ledger", "runs", "catalogue"),
            "APP_URL": parts.api.http.api_endpoint,
            "KEPT_BUCKET": data.buckets.kept.bucket_name,
            "ARCHIVE_BUCKET": data.buckets.archive.bucket_name,
            "COMMANDS_TOPIC_ARN": parts.commands.topic.topic_arn,
            "RESUME_FUNCTION": self._resume.function_name,
            "HISTORIC_SYNC_ARN": self._history.arn,
            "TOPICS_PARAMETER": parts.deployment.parameter("topics"),
        }

    def _permissions(self) -> list[Permission]:
        """Read and save a store, read its ledger, and send one of its deliveries again."""
        data, deployment = self._parts.data, self._parts.deployment
        return [
            permissions.table(
                data.tables.stores, (*permissions.WRITE, "BatchGetItem", "DeleteItem")
            ),
            permissions.table(data.tables.ledger, (*permissions.UPDATE, "Query")),
            permissions.table(data.tables.runs, (*permissions.WRITE, "Query")),
            permissions.table(data.tables.catalogue, (*permissions.WRITE, "DeleteItem")),
            permissions.index(data.tables.ledger, "open"),
            permissions.index(data.tables.ledger, "resource"),
            permissions.get(data.buckets.kept, "parked/*", "requests/*", "runs/*"),
            permissions.get(data.buckets.archive, "*"),
            permissions.list_objects(data.buckets.archive),
            permissions.use_key(data.keys.content, "s3", "sns"),
            *self._parts.tokens.permissions,
            permissions.publish(self._parts.commands.topic),
            permissions.read_parameter(self, deployment.parameter("topics")),
            permissions.invoke(self._resume),
            self._history.start,
            permissions.invoke_of(self, deployment.stack("Webhooks")),
            permissions.invoke(self._again),
        ]
