"""
One SQS queue and its event source mapping, with Lambda's own rules, on a test's clock.

A batch that raises stays whole; of a batch that answers, the items it names stay. What stays
is hidden as long as its visibility says, then handed out once more.
Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.watched import Crash

VISIBILITY_SECONDS = 360
MOST_RECEIVES = 60

Handler = Callable[[dict[str, Any], object], dict[str, list[dict[str, str]]]]


@dataclass
class Lying:
    """A message in the queue."""

    id: str
    body: str
    sent_at: float = 0
    receives: int = 0
    visible_at: float = 0


class Lane:
    """Also stands in for boto3's client of SQS: workers change visibility through it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = count(1)
        self.messages: list[Lying] = []
        self.dead: list[Lying] = []
        self.answers: list[set[str]] = []

    def put(self, bodies: Iterable[str]) -> list[str]:
        """Send messages; return their ids."""
        now = self._clock.seconds()
        new = [Lying(f"m{next(self._ids)}", body, now) for body in bodies]
        self.messages += new
        return [message.id for message in new]

    def change_message_visibility(
        self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int
    ) -> None:
        """Hide a message for so many seconds from now."""
        del QueueUrl
        assert 0 <= VISIBILITY_SECONDS <= 43_200
        for message in self.messages:
            if message.id == ReceiptHandle:
                message.visible_at = self._clock.seconds() + VisibilityTimeout

    def run(self, handler: Handler, *, batch: int = 10, context: object = None) -> set[str]:
        """Hand out one batch; return the ids that stay. A crash is the end of the process."""
        taken = self._take(batch)
        if not taken:
            return set()
        try:
            answer = handler({"Records": [record(message) for message in taken]}, context)
        except (Crash, Exception):
            return {message.id for message in taken}
        failed = {entry["itemIdentifier"] for entry in answer["batchItemFailures"]}
        assert failed <= {message.id for message in taken}, "a foreign id: all is retried"
        self.answers.append(failed)
        self.messages = [m for m in self.messages if m not in taken or m.id in failed]
        return failed

    def settle(self, handler: Handler, *, batch: int = 10, rounds: int = 300) -> None:
        """Hand out batches, letting time pass, until the queue is empty."""
        for _ in range(rounds):
            if not self.messages:
                return
            wait = min(m.visible_at for m in self.messages) - self._clock.seconds()
            self._clock.sleep(max(wait, 0))
            self.run(handler, batch=batch)
        raise AssertionError(f"{len(self.messages)} messages never end")

    def _take(self, batch: int) -> list[Lying]:
        now = self._clock.seconds()
        taken: list[Lying] = []
        for message in list(self.messages):
            if message.visible_at > now or len(taken) == batch:
                continue
            message.receives += 1
            message.visible_at = now + VISIBILITY_SECONDS
            if message.receives > MOST_RECEIVES:
                self.messages.remove(message)
                self.dead.append(message)
            else:
                taken.append(message)
        return taken


def record(message: Lying) -> dict[str, Any]:
    """Write a message as Lambda hands it to a function."""
    return {
        "messageId": message.id,
        "receiptHandle": message.id,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.receives),
            "SentTimestamp": str(int(message.sent_at * 1000)),
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:ap-south-1:123456789012:activities",
        "awsRegion": "ap-south-1",
    }
