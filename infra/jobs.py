"""Work that nobody waits for: sending on what waited for a store, and the weekly refresh."""

from constructs import Construct

from infra import permissions
from infra.functions import SourceFunction
from infra.job import Job, Schedule
from infra.parts import Parts
from infra.permission import Permission
from infra.topics import FUNCTIONS

INSTALL = FUNCTIONS / "install"

# Jobs run until they are done; what is left, Lambda's next try goes on with.
SECONDS = 15 * 60

# A refresh token lasts 90 days, and those with less than 60 left are refreshed: eight tries.
WEEKLY = "rate(7 days)"


class Jobs(Construct):
    """`resume` is asked for by an install; `refresh_tokens` keeps idle stores authorised."""

    def __init__(self, scope: Construct, id_: str, parts: Parts, *, again: SourceFunction) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._again = again
        self.resume = self._resume_job()
        self._keep_alive()

    def _resume_job(self) -> SourceFunction:
        data, deployment = self._parts.data, self._parts.deployment
        topic, topics = self._parts.commands.topic, deployment.parameter("topics")
        return self._job(
            "resume",
            environment={
                **data.tables.told("ledger"),
                "KEPT_BUCKET": data.buckets.kept.bucket_name,
                "COMMANDS_TOPIC_ARN": topic.topic_arn,
                "TOPICS_PARAMETER": topics,
            },
            may=[
                permissions.table(data.tables.ledger, permissions.UPDATE),
                permissions.index(data.tables.ledger, "open"),
                permissions.get(data.buckets.kept, "parked/*"),
                permissions.use_key(data.keys.content, "s3", "sns"),
                permissions.publish(topic),
                permissions.read_parameter(self, topics),
                permissions.invoke_of(self, deployment.stack("Webhooks")),
                permissions.invoke(self._again),
            ],
        )

    def _keep_alive(self) -> None:
        tables, tokens = self._parts.data.tables, self._parts.tokens
        function = self._job(
            "refresh_tokens",
            environment={**tokens.environment, **tables.told("stores")},
            may=[
                permissions.table(tables.stores, (*permissions.UPDATE, "Scan")),
                *tokens.permissions,
            ],
        )
        Schedule(
            self,
            "Weekly",
            function,
            description="Keeps the tokens of idle stores alive",
            expression=WEEKLY,
            unfinished=self._parts.queues.unfinished_jobs,
            within_minutes=60,
        )

    def _job(self, name: str, *, environment: dict[str, str], may: list[Permission]) -> Job:
        return Job(
            self,
            INSTALL / f"{name}.py",
            base=self._parts.base,
            environment=environment,
            permissions=may,
            timeout_seconds=SECONDS,
            unfinished=self._parts.queues.unfinished_jobs,
        )
