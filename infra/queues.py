"""The queues between the commands topic and the workers, each with its dead-letter queue."""

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.checks import accept
from infra.deployment import Deployment

RETENTION_DAYS = 4
# Also AWS's limit. A dead letter keeps the age it had, so this must exceed the source's time.
DEAD_RETENTION_DAYS = 14

# A worker waits by making a message invisible, and each wait costs a receive: at 7.5 minutes
# on average, these last for the four days that a queue keeps a message.
RECEIVES = 800

# How long the worker that empties the dead-letter queues may take.
DEAD_LETTERS_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One queue, before it exists."""

    name: str
    # What its worker may take, by design; the visibility timeout follows from it.
    worker_seconds: int
    receives: int = RECEIVES


class Queues(Construct):
    """
    A queue and a dead-letter queue for each lane, and the three where other services leave
    what they could not hand over.

    A lane's dead-letter queue also takes what SNS could not put into the lane, so whatever
    lies in it is a message of that lane. All queues use keys that SQS manages: SNS,
    EventBridge and Lambda can then send to them without rights on a key.
    """

    def __init__(
        self, scope: Construct, id_: str, *, deployment: Deployment, lanes: tuple[Lane, ...]
    ) -> None:
        super().__init__(scope, id_)
        self._deployment = deployment
        self.lanes: dict[str, sqs.Queue] = {}
        self.dead: dict[str, sqs.Queue] = {}
        for lane in lanes:
            self.dead[lane.name] = self._dead(f"{lane.name}-dead")
            self.lanes[lane.name] = self._lane(lane, self.dead[lane.name])
        # Asynchronous invocations of topic functions that failed to the end.
        self.failed_invocations = self._dead("failed-invocations")
        # Events that EventBridge could not hand to a topic function.
        self.undelivered_events = self._dead("undelivered-events")
        # Where in a table's stream a function that counts gave up; no content.
        self.uncounted = self._dead("uncounted")
        # Jobs of our own, on schedule or asked for, that failed to the end; names a store at most.
        self.unfinished_jobs = self._dead("unfinished-jobs")
        self._let_rules_send(self.undelivered_events)

    @property
    def last_resorts(self) -> dict[str, sqs.Queue]:
        """Every dead-letter queue under the name that the command line knows it by."""
        return {
            **{f"{name}-dead": queue for name, queue in self.dead.items()},
            "failed-invocations": self.failed_invocations,
            "undelivered-events": self.undelivered_events,
            "uncounted": self.uncounted,
            "unfinished-jobs": self.unfinished_jobs,
        }

    def _lane(self, lane: Lane, dead: sqs.Queue) -> sqs.Queue:
        return sqs.Queue(
            self,
            _id(lane.name),
            retention_period=cdk.Duration.days(RETENTION_DAYS),
            visibility_timeout=cdk.Duration.seconds(
                self._deployment.visibility_seconds(lane.worker_seconds)
            ),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=lane.receives),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
        )

    def _dead(self, name: str) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            _id(name),
            retention_period=cdk.Duration.days(DEAD_RETENTION_DAYS),
            visibility_timeout=cdk.Duration.seconds(
                self._deployment.visibility_seconds(DEAD_LETTERS_SECONDS)
            ),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
        )
        accept(queue, LAST_RESORT)
        return queue

    def _let_rules_send(self, queue: sqs.Queue) -> None:
        """By the pattern of their names: the rules belong to a stack that is deployed later."""
        stack = cdk.Stack.of(self)
        rules = stack.format_arn(service="events", resource="rule", resource_name="*")
        queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[queue.queue_arn],
                conditions={
                    "ArnLike": {"aws:SourceArn": rules},
                    "StringEquals": {"aws:SourceAccount": stack.account},
                },
            )
        )


def _id(name: str) -> str:
    """`contacts-history` is the construct `ContactsHistory`."""
    return "".join(part.title() for part in name.split("-"))


LAST_RESORT = {
    "AwsSolutions-SQS3": "It is a dead-letter queue: what fails here stays until it is dealt with.",
    "Serverless-SQSRedrivePolicy": "It is a dead-letter queue: there is no further one.",
}
