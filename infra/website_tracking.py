"""Where storefronts send what Netcore's own script cannot: one lean function, open to anybody."""

from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.assets import LEAN
from infra.checks import accept
from infra.functions import SourceFunction, base_of
from infra.parts import Parts
from infra.topics import FUNCTIONS

COLLECT = "/collect"

# As a topic function: Shopify's pixel does not wait, but a page that is left does not either.
SECONDS = 4

# Calls a second of all storefronts together, and at once above that. A flood of theirs must
# leave the rest of the stage to webhooks; no concurrency is reserved, since a new account has
# none to spare.
RATE = 100
BURST = 200


class WebsiteTracking(Construct):
    """`POST /collect`, and the question that a browser may ask before it."""

    def __init__(self, scope: Construct, id_: str, parts: Parts) -> None:
        super().__init__(scope, id_)
        tables, buckets, topic = parts.data.tables, parts.data.buckets, parts.commands.topic
        function = SourceFunction(
            self,
            FUNCTIONS / "website_tracking" / "collect.py",
            base=base_of(self, deployment=parts.deployment, requirements=LEAN),
            environment={
                **tables.told("stores", "ledger"),
                "COMMANDS_TOPIC_ARN": topic.topic_arn,
                "KEPT_BUCKET": buckets.kept.bucket_name,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.ledger, permissions.UPDATE),
                permissions.publish(topic),
                permissions.put(buckets.kept, "parked/*"),
                permissions.use_key(parts.data.keys.content, "s3", "sns"),
            ],
            timeout_seconds=SECONDS,
        )
        integration = HttpLambdaIntegration("Integration", function)
        for method in (apigw.HttpMethod.POST, apigw.HttpMethod.OPTIONS):
            route = apigw.HttpRoute(
                self,
                method.value.title(),
                http_api=parts.api.http,
                route_key=apigw.HttpRouteKey.with_(COLLECT, method),
                integration=integration,
            )
            accept(route, {"AwsSolutions-APIG4": ANYBODY})
            key = f"{method.value} {COLLECT}"
            parts.api.throttle(route, key, rate=RATE, burst=BURST)


ANYBODY = "Visitors have no account with us; the function checks origin, consent, pace and shape."
