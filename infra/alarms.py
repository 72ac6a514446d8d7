"""Who is told, and when: the alarms, and the topic that they go to."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_sqs import Queue
from constructs import Construct

from infra.api import Api
from infra.queues import Queues
from shopbridge.telemetry import NAMESPACE, SERVICE

FIVE_MINUTES = cdk.Duration.minutes(5)

# A live event is minutes late; history may wait for a day, archive for its batches.
LATE_SECONDS = 15 * 60
HISTORY_LATE_SECONDS = 24 * 3600

# A feed is a day old at most; this much more, and something keeps it from being built.
FEED_LATE_SECONDS = 3600

# Requests in five minutes that were no delivery of Shopify's: somebody guesses, or a client
# secret was changed at Shopify and not here.
REFUSED = 50
SERVER_ERRORS = 5


class Alarms(Construct):
    """
    Subscribe to `topic` to be told. Its text names queues and counts, never a person,
    so it needs no key of ours, which CloudWatch would have to be let into.
    """

    def __init__(
        self, scope: Construct, id_: str, *, queues: Queues, api: Api, history: str
    ) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(self, "Topic", display_name="Shopbridge alarms", enforce_ssl=True)
        self.topic.add_to_resource_policy(_cloudwatch_may_publish(self.topic))
        for name, queue in queues.last_resorts.items():
            self._dead_letters(name, queue)
        for name, queue in queues.lanes.items():
            self._late(name, queue)
        self._count("Parked", 1, "Work waits for a human: `shopbridge parked list`.")
        self._count("Failed", 1, "Work was given up: `shopbridge parked list` shows it as failed.")
        self._count("WrongStore", 1, "A signed body came under the name of another store.")
        self._count("Refused", REFUSED, "Many requests with a wrong signature: client secrets?")
        self._count(
            "Unmended", 1, "Reconciliation found what it cannot mend: `shopbridge reconcile`."
        )
        self._count(
            "SweepLate",
            LATE_SECONDS,
            "Abandoned checkouts are told late, or nobody looks: see the sweep's log.",
            statistic="Maximum",
            silence=cloudwatch.TreatMissingData.BREACHING,
        )
        self._count(
            "FeedLate",
            FEED_LATE_SECONDS,
            "A product feed is older than a day: see the log of the job that builds feeds.",
            statistic="Maximum",
        )
        self._alarm(
            "ServerErrors",
            api.http.metric_server_error(period=FIVE_MINUTES, statistic="Sum"),
            at_least=SERVER_ERRORS,
            description="Shopify was asked to come again: see the topic functions' logs.",
        )

        self._alarm(
            "HistoricSyncFailed",
            cloudwatch.Metric(
                namespace="AWS/States",
                metric_name="ExecutionsFailed",
                dimensions_map={"StateMachineArn": history},
                period=FIVE_MINUTES,
                statistic="Sum",
            ),
            at_least=1,
            description="A historic sync has failed: `shopbridge sync status` says why.",
        )

    def _dead_letters(self, name: str, queue: Queue) -> None:
        self._alarm(
            f"{_id(name)}Depth",
            queue.metric_approximate_number_of_messages_visible(
                period=FIVE_MINUTES, statistic="Maximum"
            ),
            at_least=1,
            description=f"Messages lie in the dead-letter queue {name}.",
        )

    def _late(self, name: str, queue: Queue) -> None:
        late = HISTORY_LATE_SECONDS if name.endswith("-history") else LATE_SECONDS
        self._alarm(
            f"{_id(name)}Late",
            queue.metric_approximate_age_of_oldest_message(
                period=FIVE_MINUTES, statistic="Maximum"
            ),
            at_least=late,
            description=f"The oldest message of {name} waits for more than {late // 60} minutes.",
        )

    def _count(
        self,
        metric: str,
        at_least: int,
        description: str,
        *,
        statistic: str = "Sum",
        silence: cloudwatch.TreatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING,
    ) -> None:
        """On a metric that our functions write into their log lines."""
        counted = cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=metric,
            dimensions_map={"service": SERVICE},
            period=FIVE_MINUTES,
            statistic=statistic,
        )
        self._alarm(metric, counted, at_least=at_least, description=description, silence=silence)

    def _alarm(
        self,
        id_: str,
        metric: cloudwatch.IMetric,
        *,
        at_least: int,
        description: str,
        silence: cloudwatch.TreatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            id_,
            metric=metric,
            threshold=at_least,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=silence,
            alarm_description=description,
        )
        alarm.add_alarm_action(SnsAction(self.topic))


def _id(name: str) -> str:
    return "".join(part.title() for part in name.split("-"))


def _cloudwatch_may_publish(topic: sns.Topic) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions=["sns:Publish"],
        resources=[topic.topic_arn],
        conditions={"StringEquals": {"aws:SourceAccount": cdk.Stack.of(topic).account}},
    )
