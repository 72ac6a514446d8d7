"""Sends a single command to the workers, by boto3: what is no delivery is not archived."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class Outbox:
    """The commands topic; the message carries its own kind alone, so one queue takes it."""

    sns: "SNSClient"
    topic_arn: str

    def send(self, text: str, *, kind: str, store: str) -> None:
        """Publish `text`, a message of ours with one command of `kind`."""
        self.sns.publish(
            TopicArn=self.topic_arn,
            Message=text,
            MessageAttributes={kind: {"DataType": "String", "StringValue": "1"}},
            MessageGroupId=store,
        )
