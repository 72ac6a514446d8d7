"""The tables of a deployment, with a stream each, so that what changed can be sized."""

from typing import Any

import boto3

TABLES = {
    "stores": ("store",),
    "ledger": ("delivery", "row"),
    "receipts": ("store_shard", "effect"),
    "contacts": ("store_shard", "customer"),
    "catalogue": ("store", "variant"),
    "checkouts": ("store_shard", "row"),
}
INDEXES = {
    "ledger": [("resource", "received_at"), ("open", "open_at")],
    "checkouts": [("due", "look_at")],
}


def create(name: str, keys: tuple[str, ...]) -> None:
    """Make one table with its indexes."""
    indexes = INDEXES.get(name, [])
    indexed = [each for pair in indexes for each in pair]
    asked: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": _schema(keys),
        "AttributeDefinitions": [
            {"AttributeName": each, "AttributeType": "S"} for each in (*keys, *indexed)
        ],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    }
    if indexes:
        asked["GlobalSecondaryIndexes"] = [
            {
                "IndexName": pair[0],
                "KeySchema": _schema(pair),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for pair in indexes
        ]
    boto3.client("dynamodb").create_table(**asked)


def _schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    kinds = ("HASH", "RANGE")
    return [
        {"AttributeName": each, "KeyType": kind} for each, kind in zip(keys, kinds, strict=False)
    ]
