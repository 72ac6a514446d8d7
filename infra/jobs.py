"""Work that nobody waits for: sending on what waited for a store, and the weekly refresh."""

import aws_cdk as cdk
from constructs import Construct

from infra import permissions
from infra.commands import Commands
from infra.data import Data
from infra.deployment import Deployment
from infra.functions import Base, SourceFunction
from infra.job import Job, Schedule
from infra.permission import Permission
from infra.queues import Queues
from infra.tokens import Tokens
from infra.topics import FUNCTIONS

INSTALL = FUNCTIONS / "install"

# Jobs run until they are done; what is left, Lambda's next try goes on with.
SECONDS = 15 * 60

# A refresh token lasts 90 days, and those with less than 60 left are refreshed: eight tries.
WEEKLY = "rate(7 days)"


class Jobs(Construct):
    """`resume` is asked for by an install; `refresh_tokens` keeps idle stores authorised."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        deployment: Deployment,
        data: Data,
        queues: Queues,
        commands: Commands,
        base: Base,
    ) -> None:
        super().__init__(scope, id_)
        self._data = data
        self._deployment = deployment
        self._queues = queues
        self._base = base
        self._tokens = Tokens(deployment=deployment, key=data.keys.secrets)
        self.resume = self._resume_job(commands)
        self._keep_alive()

    def _resume_job(self, commands: Commands) -> SourceFunction:
        data, deployment = self._data, self._deployment
        topics = deployment.parameter("topics")
        arn = cdk.Stack.of(self).format_arn(
            service="ssm", resource="parameter", resource_name=topics.removeprefix("/")
        )
        return self._job(
            "resume",
            environment={
                "LEDGER_TABLE": data.tables.ledger.table_name,
                "KEPT_BUCKET": data.buckets.kept.bucket_name,
                "COMMANDS_TOPIC_ARN": commands.topic.topic_arn,
                "TOPICS_PARAMETER": topics,
            },
            may=[
                permissions.table(data.tables.ledger, permissions.UPDATE),
                permissions.index(data.tables.ledger, "open"),
                permissions.get(data.buckets.kept, "parked/*"),
                permissions.use_key(data.keys.content, "s3", "sns"),
                permissions.publish(commands.topic),
                permissions.read_parameter(arn),
                permissions.invoke_of(self, deployment.stack("Webhooks")),
            ],
        )

    def _keep_alive(self) -> None:
        stores = self._data.tables.stores
        function = self._job(
            "refresh_tokens",
            environment={**self._tokens.environment, "STORES_TABLE": stores.table_name},
            may=[
                permissions.table(stores, (*permissions.UPDATE, "Scan")),
                *self._tokens.permissions,
            ],
        )
        Schedule(
            self,
            "Weekly",
            function,
            description="Keeps the tokens of idle stores alive",
            expression=WEEKLY,
            unfinished=self._queues.unfinished_jobs,
            within_minutes=60,
        )

    def _job(self, name: str, *, environment: dict[str, str], may: list[Permission]) -> Job:
        return Job(
            self,
            INSTALL / f"{name}.py",
            base=self._base,
            environment=environment,
            permissions=may,
            timeout_seconds=SECONDS,
            unfinished=self._queues.unfinished_jobs,
        )
