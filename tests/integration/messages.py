"""Messages as a topic function publishes them."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from shopbridge.commands import Command, Identity, RecordActivity, RefreshContact
from shopbridge.message import Head, Message, write
from tests.integration.account import STORE

EVENT = "98880550-7158-44d4-b7cd-2c97c8a091b5"
RECEIVED = datetime(2026, 11, 23, 7, 48, 1, tzinfo=UTC)
BODY = b'{"id":450789469,"name":"#1001","currency":"EUR","total_price":"9.95"}'

PURCHASE = RecordActivity(
    name="Product Purchase",
    resource="order#450789469",
    identity=Identity(customer_id="7001"),
    params={"amount": "9.95"},
    occurred_at=datetime(2026, 11, 23, 7, 47, tzinfo=UTC),
)
CONTACT = RefreshContact("7001")

HEAD = Head(
    store=STORE,
    topic="orders/create",
    event_id=EVENT,
    digest="0123456789abcdef",
    triggered_at=datetime(2026, 11, 23, 7, 48, tzinfo=UTC),
    received_at=RECEIVED,
    commands=(PURCHASE, CONTACT),
    numbers=(0, 1),
)


def message(*commands: Command, body: bytes = BODY, **changes: Any) -> Message:
    """Return a message with these commands, an order's two where none are given."""
    head = msgspec.structs.replace(HEAD, **changes)
    if commands:
        numbers = tuple(range(len(commands)))
        head = msgspec.structs.replace(head, commands=commands, numbers=numbers)
    return Message(head, body)


def text(one: Message) -> str:
    """Write a message as it travels."""
    return write(one.head, one.body)


def records(bodies: dict[str, str], source: str = "arn:aws:sqs:us-east-1:1:q") -> dict[str, Any]:
    """Write an SQS batch as Lambda hands it over."""
    return {
        "Records": [
            {
                "messageId": message_id,
                "receiptHandle": f"handle-{message_id}",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": source,
                "awsRegion": "us-east-1",
            }
            for message_id, body in bodies.items()
        ]
    }
