"""What Lambda hands to functions: requests, bus events, queue records, stream records."""

from collections.abc import Mapping
from typing import Any

from local.store.planned import PlannedDelivery
from local.store.webhooks import envelope

ACCOUNT = "123456789012"
SENT = "1764000000000"
"""When every message was sent; before anything could have ended."""


def over_https(planned: PlannedDelivery) -> dict[str, Any]:
    """Build API Gateway's event for a delivery."""
    return {
        "version": "2.0",
        "rawPath": f"/webhooks/{planned.topic}",
        "headers": {name.lower(): value for name, value in planned.headers.items()},
        "body": planned.body.decode("utf-8", "replace"),
        "isBase64Encoded": False,
    }


def from_bus(planned: PlannedDelivery) -> dict[str, Any]:
    """Build EventBridge's event for a delivery."""
    return envelope(planned.webhook, f"bus-{planned.webhook_id}")


def record(lane: str, message_id: str, text: str) -> dict[str, Any]:
    """Build one record of an SQS batch."""
    return {
        "messageId": message_id,
        "receiptHandle": f"receipt-{message_id}",
        "body": text,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": SENT},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{lane}",
        "awsRegion": "us-east-1",
    }


def again(one: dict[str, Any]) -> dict[str, Any]:
    """Return the record as its next receive shows it."""
    receives = int(one["attributes"]["ApproximateReceiveCount"]) + 1
    return one | {"attributes": one["attributes"] | {"ApproximateReceiveCount": str(receives)}}


def is_counted(table: str, record: Mapping[str, Any]) -> bool:
    """Whether a change passes the filter of the table's counters; `infra.counters` has it."""
    images = record["dynamodb"]
    if table == "contacts":
        return any("email_wanted" in images.get(name, {}) for name in ("NewImage", "OldImage"))
    return record["eventName"] != "REMOVE" and "topic" in images.get("NewImage", {})
