"""The workers: one Lambda for each entry of `WORKERS`, fed by its lanes."""

from collections.abc import Iterable, Mapping

import aws_cdk as cdk
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_lambda_event_sources import SqsEventSource
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.historic_sync import HistoricSync
from infra.parts import Parts
from infra.permission import Permission
from infra.website_tracking import COLLECT
from infra.workers import DEAD_LETTERS, WORKERS, Worker
from shopbridge.kept import OF_PEOPLE, PREFIXES, UPLOADS


class Delivery(Construct):
    """Workers with what they take from, what they are told and what they may do."""

    def __init__(
        self, scope: Construct, id_: str, parts: Parts, *, resume: IFunction, history: HistoricSync
    ) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        self._resume = resume
        self._history = history
        queues = parts.queues
        for worker in WORKERS:
            lanes = {lane: queues.lanes[lane] for lane in worker.lanes}
            function = self._function(worker, lanes.values())
            for lane, queue in lanes.items():
                self._feed(function, worker, queue, at_once=worker.at_once(lane))
        emptied = [*queues.dead.values(), queues.failed_invocations, queues.undelivered_events]
        dead_letters = self._function(DEAD_LETTERS, emptied)
        dead_letters.add_environment("LANES", self._lanes(queues.dead))
        for queue in emptied:
            self._feed(dead_letters, DEAD_LETTERS, queue, at_once=2)

    def _function(self, worker: Worker, queues: Iterable[IQueue]) -> SourceFunction:
        return SourceFunction(
            self,
            worker.source,
            base=self._parts.base,
            environment=self._environment(worker),
            permissions=self._permissions(worker, queues),
            timeout_seconds=self._parts.deployment.worker_seconds(worker.seconds),
            memory_mb=worker.memory_mb,
        )

    def _feed(
        self, function: SourceFunction, worker: Worker, queue: IQueue, *, at_once: int
    ) -> None:
        function.add_event_source(
            SqsEventSource(
                queue,
                batch_size=worker.batch,
                max_batching_window=cdk.Duration.seconds(worker.window_seconds),
                max_concurrency=self._parts.deployment.at_once(at_once),
                report_batch_item_failures=True,
            )
        )
        accept(function, {"Serverless-LambdaEventSourceMappingDestination": FROM_SQS})

    def _lanes(self, dead: Mapping[str, IQueue]) -> str:
        """Which lane each dead-letter queue belongs to, as JSON by ARN."""
        lanes: str = cdk.Stack.of(self).to_json_string(
            {queue.queue_arn: lane for lane, queue in dead.items()}
        )
        return lanes

    def _environment(self, worker: Worker) -> dict[str, str]:
        data, tokens = self._parts.data, self._parts.tokens
        told = data.tables.told(*worker.tables)
        if worker.secrets:
            told |= tokens.environment
        if worker.seals:
            told |= tokens.vault_environment
        if worker.links:
            told["APP_URL"] = self._parts.api.http.api_endpoint
        if worker.publishes:
            told["COMMANDS_TOPIC_ARN"] = self._parts.commands.topic.topic_arn
        if worker.tells_storefronts:
            told["COLLECT_URL"] = self._parts.api.http.api_endpoint + COLLECT
        if worker.resumes:
            told["RESUME_FUNCTION"] = self._resume.function_name
        if worker.wakes:
            told["HISTORIC_SYNC_ARN"] = self._history.arn
        if worker.parks or worker.archives:
            told["KEPT_BUCKET"] = data.buckets.kept.bucket_name
        if worker.archives or worker.forgets:
            told["ARCHIVE_BUCKET"] = data.buckets.archive.bucket_name
        if worker.forgets:
            # The longest that anybody may live who sends and looked before.
            longest = max(one.seconds for one in WORKERS if not one.forgets)
            told["WORKER_SECONDS"] = str(self._parts.deployment.worker_seconds(longest))
        return told

    def _permissions(self, worker: Worker, queues: Iterable[IQueue]) -> list[Permission]:
        data, tables = self._parts.data, self._parts.data.tables.by_name
        tokens = self._parts.tokens
        may = [permissions.consume(*queues)]
        may += [permissions.table(tables[name], does) for name, does in worker.tables.items()]
        if worker.secrets:
            may += tokens.permissions
        if worker.seals:
            may += tokens.vault
        if worker.publishes:
            may.append(permissions.publish(self._parts.commands.topic))
        if worker.resumes:
            may.append(permissions.invoke(self._resume))
        if worker.wakes:
            may.append(self._history.start)
        if worker.parks:
            may.append(permissions.put(data.buckets.kept, "parked/*"))
        if worker.archives:
            may.append(permissions.get(data.buckets.kept, "claim/*"))
            may.append(permissions.put(data.buckets.archive, "*"))
        if worker.uploads:
            may += self._uploading()
        if worker.forgets:
            may += self._forgetting()
        if worker.parks or worker.archives:
            through = ("s3", "sns") if worker.publishes else ("s3",)
            may.append(permissions.use_key(data.keys.content, *through))
        return may

    def _uploading(self) -> list[Permission]:
        """Files can be written, read by whoever has a URL that the worker signed, and deleted."""
        bucket, files = self._parts.data.buckets.kept, f"{UPLOADS}*"
        return [allowed(bucket, files) for allowed in
                (permissions.put, permissions.get, permissions.delete)]  # fmt: skip

    def _forgetting(self) -> list[Permission]:
        """What is kept and archived can be found, rewritten and deleted; nothing else can."""
        data = self._parts.data
        ledger, buckets = data.tables.ledger, data.buckets
        return [
            permissions.index(ledger, "open"),
            permissions.index(ledger, "resource"),
            *(permissions.list_objects(bucket) for bucket in (buckets.kept, buckets.archive)),
            permissions.get(buckets.kept, *(f"{prefix}*" for prefix in (*OF_PEOPLE, UPLOADS))),
            permissions.get(buckets.archive, "*"),
            permissions.delete(buckets.kept, *(f"{prefix}*" for prefix in PREFIXES)),
            permissions.delete(buckets.archive, "*"),
            permissions.put(buckets.kept, "requests/*", f"{UPLOADS}*"),
            permissions.put(buckets.archive, "*"),
            permissions.tag(buckets.archive, "*"),
        ]


FROM_SQS = "A queue is its source: what fails goes to the queue's own dead-letter queue."
