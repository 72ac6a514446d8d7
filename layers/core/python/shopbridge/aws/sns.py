"""Publishing one message, over SNS's Query protocol."""

from collections.abc import Mapping
from functools import lru_cache

from shopbridge.aws.endpoint import Endpoint, Session
from shopbridge.aws.failures import element
from shopbridge.aws.percent import encoded

TEXT = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
"""What a message may consist of: base64url and dots, which need no percent-encoding."""

FORM = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}


class Sns:
    """
    The one call that a topic function makes.

    Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    """

    def __init__(self, session: Session) -> None:
        self._endpoint = Endpoint(session, "sns", session.url("sns"))

    def publish(
        self, topic_arn: str, message: str, attributes: Mapping[str, str], group: str
    ) -> str:
        """
        Publish `message` with String attributes and return SNS's id for it.

        A second try may publish it twice: what follows is idempotent.

        Args:
            message: of the characters in `TEXT` only; 256 KB with its attributes.
            group: whose message this is, so that queues treat all senders fairly.

        Raises:
            ValueError: the message has other characters, or none.
        """
        return element(
            self._endpoint.call("POST", "/", FORM, form(topic_arn, message, attributes, group)),
            "MessageId",
        )


def form(topic_arn: str, message: str, attributes: Mapping[str, str], group: str) -> bytes:
    """Write the body of a Publish request."""
    text = message.encode("ascii", "replace")
    if not text or text.translate(None, TEXT):
        raise ValueError("a message consists of base64url characters and dots, one at least")
    fields = [
        "Action=Publish&Version=2010-03-31",
        f"&TopicArn={_quoted(topic_arn)}&MessageGroupId={_quoted(group)}",
    ]
    for number, (name, value) in enumerate(attributes.items(), start=1):
        entry = f"&MessageAttributes.entry.{number}."
        fields.append(
            f"{entry}Name={_quoted(name)}{entry}Value.DataType=String"
            f"{entry}Value.StringValue={_quoted(value)}"
        )
    return b"".join((*[field.encode("ascii") for field in fields], b"&Message=", text))


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    """Percent-encode a name, a value or an address: a function sends the same few."""
    return encoded(text)
