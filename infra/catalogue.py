"""Builds stores' product feeds when their catalogue has changed, and serves them."""

from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.job import Job, Schedule
from infra.parts import Parts
from infra.topics import FUNCTIONS
from shopbridge.catalogue.objects import PREFIX

CATALOGUE = FUNCTIONS / "catalogue"

# Every feed that is due, one after the other; what is left, the next look goes on with.
SECONDS = 15 * 60

EVERY_FIVE_MINUTES = "rate(5 minutes)"

# Up to 4 MB come from S3; a puller waits for them.
FEED_SECONDS = 29

FEEDS = f"{PREFIX}*"


class Catalogue(Construct):
    """The job that builds, its schedule, and the route that anybody with an address may ask."""

    def __init__(self, scope: Construct, id_: str, parts: Parts) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._tables = parts.data.tables.told("stores", "catalogue")
        self._kept = parts.data.buckets.kept
        self.build = self._job()
        Schedule(
            self,
            "EveryFiveMinutes",
            self.build,
            description="Builds the product feeds of stores whose catalogue has changed",
            expression=EVERY_FIVE_MINUTES,
            unfinished=parts.queues.unfinished_jobs,
        )
        self._serve()

    def _job(self) -> Job:
        parts, tables = self._parts, self._parts.data.tables
        return Job(
            self,
            CATALOGUE / "build.py",
            base=parts.base,
            environment={
                **parts.tokens.vault_environment,
                **self._tables,
                "KEPT_BUCKET": self._kept.bucket_name,
            },
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.catalogue, (*permissions.WRITE, "DeleteItem", "Query")),
                permissions.put(self._kept, FEEDS),
                permissions.abort(self._kept, FEEDS),
                permissions.delete(self._kept, FEEDS),
                permissions.use_key(parts.data.keys.content, "s3"),
                permissions.encrypt_secrets(parts.data.keys.secrets),
            ],
            timeout_seconds=SECONDS,
            unfinished=parts.queues.unfinished_jobs,
            retries=0,
        )

    def _serve(self) -> None:
        parts, tables = self._parts, self._parts.data.tables
        function = SourceFunction(
            self,
            CATALOGUE / "feed.py",
            base=parts.base,
            environment={**self._tables, "KEPT_BUCKET": self._kept.bucket_name},
            permissions=[
                permissions.table(tables.stores, permissions.READ),
                permissions.table(tables.catalogue, permissions.READ),
                permissions.get(self._kept, FEEDS),
                permissions.use_key(parts.data.keys.content, "s3"),
            ],
            timeout_seconds=FEED_SECONDS,
            memory_mb=512,
        )
        route = apigw.HttpRoute(
            self,
            "FeedRoute",
            http_api=parts.api.http,
            route_key=apigw.HttpRouteKey.with_("/catalogue/{feed}", apigw.HttpMethod.GET),
            integration=HttpLambdaIntegration("FeedIntegration", function),
        )
        accept(route, {"AwsSolutions-APIG4": "The address is the secret: 192 bits of chance."})
