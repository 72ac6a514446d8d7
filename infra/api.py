"""The HTTP API that Shopify calls; its routes come with the features that answer them."""

import json

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_logs as logs
from constructs import Construct

# Calls a second, and how many at once above that; a flood ends at the gateway, not in Lambda.
RATE = 500
BURST = 1000

# Nothing about a person: no address, no query, no path beyond the route.
ACCESS_LOG = {
    "requestId": "$context.requestId",
    "at": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "lambda_ms": "$context.integrationLatency",
    "lambda_status": "$context.integrationStatus",
    "answer_bytes": "$context.responseLength",
    "error": "$context.error.responseType",
}


class Api(Construct):
    """An HTTP API with one stage, throttled, that logs each call without saying whose."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.http = apigw.HttpApi(self, "Http", create_default_stage=False)
        log = logs.LogGroup(
            self,
            "AccessLog",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # One level down: the construct above this one takes no log format from Python.
        self._stage = apigw.CfnStage(
            self,
            "Stage",
            api_id=self.http.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigw.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=RATE, throttling_burst_limit=BURST
            ),
            access_log_settings=apigw.CfnStage.AccessLogSettingsProperty(
                destination_arn=log.log_group_arn, format=json.dumps(ACCESS_LOG)
            ),
        )

    def throttle(self, route: apigw.HttpRoute, key: str, *, rate: int, burst: int) -> None:
        """Let fewer calls a second through to the route `key` than to the others."""
        settings = {"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst}
        self._stage.add_property_override(f"RouteSettings.{key}", settings)
        self._stage.node.add_dependency(route)  # API Gateway knows no settings of a route to come
