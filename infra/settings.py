"""What merchants and operators see and change: the settings API, and the page that calls it."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_authorizers import HttpIamAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.api import Api
from infra.checks import accept
from infra.commands import Commands
from infra.data import Data
from infra.deployment import Deployment
from infra.functions import Base, SourceFunction
from infra.historic_sync import HistoricSync
from infra.permission import Permission
from infra.tokens import Tokens
from infra.topics import FUNCTIONS

# Sending again may read a day of the archive; API Gateway waits for 30 s.
SECONDS = 29

# A merchant waits for a page, which asks DynamoDB twice.
PAGE_SECONDS = 10

# Validation and OpenAPI models take their time to load; more memory is more processor.
MEMORY_MB = 1024

SIGNED = "Shopify signs the session token; the function verifies it and takes the store from it."

# Where a merchant's browser finds us: four pages, the one between them, and what they load.
PAGES = ("/", "/from-shopify", "/to-shopify", "/activity", "/session-token", "/assets/{proxy+}")


class Settings(Construct):
    """What merchants and operators see and change, a store at a time."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        deployment: Deployment,
        data: Data,
        api: Api,
        commands: Commands,
        base: Base,
        resume: SourceFunction,
        history: HistoricSync,
    ) -> None:
        super().__init__(scope, id_)
        self._deployment = deployment
        self._data = data
        self._commands = commands
        self._resume = resume
        self._history = history
        self._tokens = Tokens(deployment=deployment, key=data.keys.secrets)
        function = SourceFunction(
            self,
            FUNCTIONS / "settings" / "api.py",
            base=base,
            environment=self._environment(),
            permissions=self._permissions(),
            timeout_seconds=SECONDS,
            memory_mb=MEMORY_MB,
        )
        integration = HttpLambdaIntegration("Integration", function)
        merchants = self._route(api, "Merchants", "/api/v1/{proxy+}", integration)
        accept(merchants, {"AwsSolutions-APIG4": SIGNED})
        self._route(
            api, "Operators", "/ops/v1/{proxy+}", integration, authorizer=HttpIamAuthorizer()
        )
        self._page(api, base)

    def _page(self, api: Api, base: Base) -> None:
        """Pages that only look: all that changes something goes through the API."""
        tables = self._data.tables
        function = SourceFunction(
            self,
            FUNCTIONS / "settings" / "page.py",
            base=base,
            environment={
                **self._tokens.environment,
                "STORES_TABLE": tables.stores.table_name,
                "LEDGER_TABLE": tables.ledger.table_name,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.ledger, ("Query",)),
                *self._tokens.client_secrets,
            ],
            timeout_seconds=PAGE_SECONDS,
            memory_mb=MEMORY_MB,
        )
        integration = HttpLambdaIntegration("PageIntegration", function)
        for path in PAGES:
            name = path.strip("/").partition("/")[0].title().replace("-", "") or "Home"
            route = self._route(api, f"{name}Page", path, integration, method=apigw.HttpMethod.GET)
            accept(route, {"AwsSolutions-APIG4": SIGNED})

    def _route(
        self,
        api: Api,
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
            http_api=api.http,
            route_key=apigw.HttpRouteKey.with_(path, method),
            integration=integration,
            authorizer=authorizer,
        )

    def _environment(self) -> dict[str, str]:
        data = self._data
        return {
            **self._tokens.environment,
            "STORES_TABLE": data.tables.stores.table_name,
            "LEDGER_TABLE": data.tables.ledger.table_name,
            "KEPT_BUCKET": data.buckets.kept.bucket_name,
            "ARCHIVE_BUCKET": data.buckets.archive.bucket_name,
            "COMMANDS_TOPIC_ARN": self._commands.topic.topic_arn,
            "RESUME_FUNCTION": self._resume.function_name,
            "RUNS_TABLE": data.tables.runs.table_name,
            "HISTORIC_SYNC_ARN": self._history.arn,
            "TOPICS_PARAMETER": self._deployment.parameter("topics"),
        }

    def _permissions(self) -> list[Permission]:
        """Read and save a store, read its ledger, and send one of its deliveries again."""
        data, deployment = self._data, self._deployment
        topics = cdk.Stack.of(self).format_arn(
            service="ssm",
            resource="parameter",
            resource_name=deployment.parameter("topics").removeprefix("/"),
        )
        return [
            permissions.table(
                data.tables.stores, (*permissions.WRITE, "BatchGetItem", "DeleteItem")
            ),
            permissions.table(data.tables.ledger, (*permissions.UPDATE, "Query")),
            permissions.table(data.tables.runs, (*permissions.WRITE, "Query")),
            permissions.index(data.tables.ledger, "open"),
            permissions.index(data.tables.ledger, "resource"),
            permissions.get(data.buckets.kept, "parked/*", "requests/*", "runs/*"),
            permissions.get(data.buckets.archive, "*"),
            permissions.list_objects(data.buckets.archive),
            permissions.use_key(data.keys.content, "s3", "sns"),
            *self._tokens.permissions,
            permissions.publish(self._commands.topic),
            permissions.read_parameter(topics),
            permissions.invoke(self._resume),
            self._history.start,
            permissions.invoke_of(self, deployment.stack("Webhooks")),
        ]
