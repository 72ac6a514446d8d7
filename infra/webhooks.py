"""Webhook intake: for each topic a Lambda, its route, and its rule where there is a bus."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_ssm as ssm
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration

from infra import permissions
from infra.assets import LEAN
from infra.checks import accept
from infra.core import Core
from infra.data import Data
from infra.deployment import Deployment
from infra.event_bus import EventBus
from infra.functions import SourceFunction, base_of, name
from infra.permission import Permission
from infra.topics import TOPICS

# Shopify gives up after 5 s.
SECONDS = 4


class Webhooks(cdk.Stack):
    """A stack of its own: CloudFormation takes 500 resources, and each topic brings nine."""

    def __init__(
        self,
        scope: cdk.App,
        id_: str,
        *,
        deployment: Deployment,
        data: Data,
        core: Core,
        env: cdk.Environment,
    ) -> None:
        super().__init__(scope, id_, env=env)
        self._deployment = deployment
        self._data = data
        self._core = core
        self._base = base_of(self, deployment=deployment, requirements=LEAN)
        self._secrets = deployment.parameter("client-secrets")
        bus = EventBus.of(self, "Bus", deployment=deployment, dead=core.queues.undelivered_events)
        functions = {topic: self._serve(topic, bus) for topic in TOPICS}
        ssm.StringParameter(
            self,
            "Topics",
            parameter_name=deployment.parameter("topics"),
            string_value=self.to_json_string({**functions, **core.to_shopify.topics}),
            tier=ssm.ParameterTier.INTELLIGENT_TIERING,
        )

    def _serve(self, topic: str, bus: EventBus | None) -> str:
        """Everything that one topic has; returns its function's name."""
        function = SourceFunction(
            self,
            TOPICS[topic],
            base=self._base,
            environment=self._environment(),
            permissions=self._permissions(),
            timeout_seconds=SECONDS,
        )
        self._keep_failures(function)
        self._route(topic, function)
        if bus:
            bus.deliver(topic, function)
        return function.function_name

    def _environment(self) -> dict[str, str]:
        return {
            **self._data.tables.told("stores", "ledger"),
            "COMMANDS_TOPIC_ARN": self._core.commands.topic.topic_arn,
            "KEPT_BUCKET": self._data.buckets.kept.bucket_name,
            "CLIENT_SECRETS_PARAMETER": self._secrets,
        }

    def _permissions(self) -> list[Permission]:
        """All that a topic Lambda may do; design rule 8, and a test, allow nothing else."""
        keys, tables = self._data.keys, self._data.tables
        return [
            permissions.table(tables.stores, permissions.READ),
            permissions.table(tables.ledger, permissions.UPDATE),
            permissions.publish(self._core.commands.topic),
            permissions.put(self._data.buckets.kept, "claim/*", "parked/*"),
            permissions.use_key(keys.content, "s3", "sns"),
            *permissions.secret_parameter(self, keys.secrets, self._secrets),
            permissions.send(self._core.queues.failed_invocations),
        ]

    def _keep_failures(self, function: SourceFunction) -> None:
        """EventBridge invokes asynchronously: two more tries, then the queue for failures."""
        lambda_.CfnEventInvokeConfig(
            function,
            "Retries",
            function_name=function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=2,
            maximum_event_age_in_seconds=6 * 3600,
            destination_config={
                "onFailure": {"destination": self._core.queues.failed_invocations.queue_arn}
            },
        )

    def _route(self, topic: str, function: SourceFunction) -> None:
        route = apigw.HttpRoute(
            self,
            f"{name(TOPICS[topic])}Route",
            http_api=self._core.api.http,
            route_key=apigw.HttpRouteKey.with_(f"/webhooks/{topic}", apigw.HttpMethod.POST),
            integration=HttpLambdaIntegration("Integration", function),
        )
        accept(
            route,
            {"AwsSolutions-APIG4": "Shopify signs each body; the function verifies the signature."},
        )
