"""A message is published with the request that botocore sends, without escaping its text."""

from urllib.parse import parse_qs

import pytest

from tests.integration.aws.reference import (
    assert_same_place,
    assert_same_signature,
    botocore_request,
)
from tests.integration.aws.wire import Dialled, Socket, answer, aws

TOPIC = "arn:aws:sns:ap-south-1:123456789012:commands"
ACCEPTED = b"""<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>
<MessageId>94f20ce6-13c5</MessageId></PublishResult></PublishResponse>"""


def test_publishes_as_botocore_does() -> None:
    """A message with attributes is, decoded, the same request."""
    socket = Socket(answer(ACCEPTED))
    attributes = {"RecordActivity": "1", "delivery": "orders/create ä&+"}
    reference = botocore_request(
        "sns",
        "publish",
        TopicArn=TOPIC,
        Message="eyJ9-_.YQ",
        MessageGroupId="a.myshopify.com",
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    )

    message_id = aws(Dialled(socket)).sns.publish(TOPIC, "eyJ9-_.YQ", attributes, "a.myshopify.com")

    assert message_id == "94f20ce6-13c5"
    assert_same_place(socket.sent, reference)
    sent = parse_qs(socket.sent.body.decode(), strict_parsing=True)
    assert sent == parse_qs(reference.body.decode(), strict_parsing=True)
    assert_same_signature(reference, "sns")


@pytest.mark.parametrize("message", ["", "a b", "a+b", "a=b", "a&b", "a%41", "ä", "a\n", "\ud800"])
def test_text_that_needs_escaping_is_refused(message: str) -> None:
    """Anything but base64url and dots would arrive as something else, so it never leaves."""
    sns = aws(Dialled()).sns

    with pytest.raises(ValueError, match="base64url characters and dots, one at least"):
        sns.publish(TOPIC, message, {}, "a.myshopify.com")
