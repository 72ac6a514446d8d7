"""Sends all commands of one delivery in one SNS message."""

from datetime import datetime

import msgspec

from shopbridge import kept
from shopbridge.aws.s3 import S3
from shopbridge.aws.sns import Sns
from shopbridge.commands import kind
from shopbridge.errors import InvalidPayload
from shopbridge.message import Head, Message, write

LARGEST = 180_000
"""Characters that travel; SNS takes 256 KB with attributes, the rest is headroom."""


class Publisher:
    """One SNS topic, and the bucket for what is too large or has to wait."""

    def __init__(self, sns: Sns, topic_arn: str, s3: S3, bucket: str) -> None:
        self._sns = sns
        self._topic_arn = topic_arn
        self._s3 = s3
        self._bucket = bucket

    def publish(self, message: Message, now: datetime, *, archived: bool = True) -> None:
        """
        Publish head and body; a large body goes to S3 and only its key travels.

        What is not `archived` reaches the queues of its commands and no other.

        Raises:
            InvalidPayload: the commands alone are too large.
        """
        text = write(message.head, message.body)
        if len(text) > LARGEST:
            text = self._claimed(message, now)
        attributes = {kind(command): "1" for command in message.head.commands}
        self._sns.publish(
            self._topic_arn,
            text,
            attributes={**({"delivery": message.head.topic} if archived else {}), **attributes},
            group=message.head.store,
        )

    def park(self, message: Message, now: datetime) -> str:
        """Keep the delivery's content in S3 and return its key."""
        key = kept.parked_key(message.head, now)
        text = write(message.head, message.body)
        self._s3.put_object(self._bucket, key, text.encode(), content_type=kept.MESSAGE)
        return key

    def _claimed(self, message: Message, now: datetime) -> str:
        key = kept.claim_key(message.head, now)
        head: Head = msgspec.structs.replace(message.head, body="claim", claim=key)
        text = write(head, b"")
        if len(text) > LARGEST:
            raise InvalidPayload("its commands are too large to travel")
        self._s3.put_object(self._bucket, key, message.body, content_type=kept.BODY)
        return text
