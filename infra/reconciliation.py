"""Reconciles every store once a day: a schedule, a queue of stores, and what takes one."""

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_lambda_event_sources import SqsEventSource
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.job import Job, Schedule
from infra.parts import Parts
from infra.permission import Permission
from infra.queues import RETENTION_DAYS
from infra.shopify_app import ShopifyApp
from infra.topics import FUNCTIONS

DAILY = "rate(1 day)"

PLAN_SECONDS = 60
# Two thirds of it are for comparing; what is left over, the next day goes on with.
SECONDS = 10 * 60
MEMORY_MB = 1024

# Stores side by side; each asks its own Shopify, but all share the workers' lanes.
AT_ONCE = 2
# Shopify or AWS may be down for a while: tries are an hour apart.
RECEIVES = 5

LANES = (
    "contacts-history",
    "consents-history",
    "catalogue-history",
    "activities-history",
    "checkouts",
)


class Reconciliation(Construct):
    """The operator's command calls `store` directly, with more than the schedule says."""

    def __init__(self, scope: Construct, id_: str, parts: Parts, *, resume: SourceFunction) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._resume = resume
        self.queue = self._queue()
        self.store = self._store()
        Schedule(
            self,
            "Daily",
            self._plan(),
            description="Finds and mends what live events missed",
            expression=DAILY,
            unfinished=parts.queues.unfinished_jobs,
            within_minutes=60,
        )

    def _queue(self) -> sqs.Queue:
        """Stores that wait for their turn; what fails to the end names a store and no more."""
        return sqs.Queue(
            self,
            "Stores",
            retention_period=cdk.Duration.days(RETENTION_DAYS),
            visibility_timeout=cdk.Duration.seconds(6 * SECONDS),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self._parts.queues.unfinished_jobs, max_receive_count=RECEIVES
            ),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
        )

    def _plan(self) -> Job:
        tables = self._parts.data.tables
        return Job(
            self,
            FUNCTIONS / "reconciliation" / "plan.py",
            base=self._parts.base,
            environment={
                **tables.told("stores"),
                "RECONCILIATION_QUEUE_URL": self.queue.queue_url,
            },
            permissions=[
                permissions.table(tables.stores, ("Scan",)),
                permissions.send(self.queue),
            ],
            timeout_seconds=PLAN_SECONDS,
            unfinished=self._parts.queues.unfinished_jobs,
        )

    def _store(self) -> SourceFunction:
        function = SourceFunction(
            self,
            FUNCTIONS / "reconciliation" / "store.py",
            base=self._parts.base,
            environment=self._environment(),
            permissions=self._permissions(),
            timeout_seconds=SECONDS,
            memory_mb=MEMORY_MB,
        )
        function.add_event_source(
            SqsEventSource(
                self.queue,
                batch_size=1,
                max_concurrency=AT_ONCE,
                report_batch_item_failures=True,
            )
        )
        accept(function, {"Serverless-LambdaEventSourceMappingDestination": FROM_SQS})
        return function

    def _environment(self) -> dict[str, str]:
        data, deployment = self._parts.data, self._parts.deployment
        return {
            **self._parts.tokens.environment,
            **data.tables.told("stores", "ledger", "contacts", "catalogue", "receipts", "runs"),
            **data.tables.told("checkouts"),
            "KEPT_BUCKET": data.buckets.kept.bucket_name,
            "SHOPIFY_SCOPES": ShopifyApp.read().scopes,
            "APP_URL": self._parts.api.http.api_endpoint,
            "DEPLOYMENT_PARAMETER": deployment.parameter("deployment"),
            "TOPICS_PARAMETER": deployment.parameter("topics"),
            "RESUME_FUNCTION": self._resume.function_name,
        }

    def _permissions(self) -> list[Permission]:
        """Compare everything, write what was made, and change nothing but tokens and scopes."""
        data, tables = self._parts.data, self._parts.data.tables
        deployment, lanes = self._parts.deployment, self._parts.queues.lanes
        return [
            *self._parts.tokens.permissions,
            permissions.table(tables.stores, permissions.UPDATE),
            permissions.table(tables.ledger, (*permissions.UPDATE, "Query")),
            permissions.index(tables.ledger, "open"),
            permissions.table(tables.contacts, ("BatchGetItem",)),
            permissions.table(tables.catalogue, ("BatchGetItem", "Query")),
            permissions.table(tables.receipts, ("GetItem", "BatchGetItem")),
            permissions.table(tables.runs, ("GetItem", "PutItem")),
            permissions.table(tables.checkouts, ("GetItem", "BatchGetItem", "Query")),
            permissions.put(data.buckets.kept, "reconciliation/*"),
            permissions.use_key(data.keys.content, "s3"),
            *(permissions.send(lanes[lane]) for lane in LANES),
            permissions.consume(self.queue),
            permissions.read_parameter(self, deployment.parameter("deployment")),
            permissions.read_parameter(self, deployment.parameter("topics")),
            permissions.read_metrics(),
            permissions.invoke(self._resume),
        ]


FROM_SQS = "A queue is its source: what fails goes to the jobs that did not finish."
