"""Puts commands into a history lane: as many messages at once as SQS takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopbridge.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

COMMANDS = 25
"""In a message: what a worker takes at once then fits into its time."""
LARGEST = 200_000
"""Characters of a message, and of all that are sent at once; SQS takes 256 KiB."""
AT_ONCE = 10
"""Messages in a call; set by SQS."""


class NotSent(Unavailable):
    """SQS did not take all messages; the page is read and sent again."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The history lanes by name."""

    sqs: "SQSClient"
    urls: Mapping[str, str]

    def send(self, lane: str, texts: Iterable[str]) -> None:
        """
        Send `texts`.

        Raises:
            NotSent: SQS refused some.
        """
        for batch in batches(texts):
            entries: Any = [{"Id": str(n), "MessageBody": text} for n, text in enumerate(batch)]
            answer = self.sqs.send_message_batch(QueueUrl=self.urls[lane], Entries=entries)
            if failed := answer.get("Failed"):
                raise NotSent(f"SQS refused {len(failed)} messages")


def batches(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """Put together what may be sent in one call."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == AT_ONCE or size + len(text) > LARGEST):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
