"""Counts AWS calls where they are made: boto3's events, and the lean client's transport."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from benchmarks.price.bill import Used, prices
from benchmarks.price.tables import INDEXES

UNIT_BYTES = 64 * 1024
"""SNS, SQS and EventBridge count a request for each 64 kB begun."""
WRITE_BYTES = 1024
KEYS = tuple(pair for pairs in INDEXES.values() for pair in pairs)
"""Keys of the indexes; they hold nothing else."""

WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
READS = {"GetItem", "Query"}


class Meter:
    """Adds up what the part that is running uses."""

    def __init__(self) -> None:
        self.used: Used = Counter()
        self.calls: Counter[str] = Counter()
        self.part = ""
        self.milliseconds = 0.0
        self._writes = 0

    def add(self, unit: str, amount: float = 1, part: str = "") -> None:
        """Count `amount` of a priced unit."""
        self.used[(part or self.part, unit)] += amount  # type: ignore[assignment]  # GB are fractions

    def call(self, service: str, operation: str, request: Mapping[str, Any]) -> None:
        """Count one call of a function, and the time that it waits for it."""
        self.calls[f"{self.part}: {service} {operation}"] += 1
        self.milliseconds += prices().assumed["ms per call"].get(service, 0)
        match service:
            case "dynamodb":
                self._dynamodb(operation, request)
            case "s3":
                self.add("s3 write" if operation == "PutObject" else "s3 read")
            case "sqs":
                self.add("sqs request")
            case "kms":
                self.add("kms request")
            case "sns":
                self.add("sns publish", units(request["bytes"]))
            case "ssm":
                pass  # standard parameters cost nothing
            case _:
                raise ValueError(f"no price is known for {service} {operation}")

    def changed(self, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> None:
        """Count what a change of a row costs beyond the one unit of its call: size and indexes."""
        size = max(item_bytes(old), item_bytes(new))
        self.add("dynamodb write unit", math.ceil(size / WRITE_BYTES) - 1 + index_writes(old, new))

    def _dynamodb(self, operation: str, request: Mapping[str, Any]) -> None:
        if operation in WRITES:
            self.add("dynamodb write unit")
        elif operation == "BatchWriteItem":
            self.add("dynamodb write unit", sum(map(len, request["RequestItems"].values())))
        elif operation == "BatchGetItem":
            for asked in request["RequestItems"].values():
                self.add("dynamodb read unit", len(asked["Keys"]) * read_units(asked))
        elif operation in READS:
            self.add("dynamodb read unit", read_units(request))
        else:
            raise ValueError(f"no price is known for {operation}")


def read_units(asked: Mapping[str, Any]) -> float:
    """Return the units for reading up to 4 kB: half where what is read may be a second old."""
    return 1 if asked.get("ConsistentRead") else 0.5


def units(size: int) -> int:
    """Return how many requests of 64 kB are charged for `size` bytes."""
    return max(1, math.ceil(size / UNIT_BYTES))


def item_bytes(item: Mapping[str, Any] | None) -> int:
    """Return the size of a row in DynamoDB's own form, roughly as DynamoDB counts it."""
    return sum(len(name) + _value_bytes(value) for name, value in (item or {}).items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "M":
            return 3 + item_bytes(content)
        case "L":
            return 3 + sum(_value_bytes(one) for one in content)
        case "N":
            return len(content) // 2 + 2
        case "BOOL" | "NULL":
            return 1
        case _:
            return len(content.encode() if isinstance(content, str) else content)


def index_writes(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> int:
    """Return how many rows of indexes a change writes or deletes."""
    writes = 0
    for names in KEYS:
        before, after = (_key(item, names) for item in (old, new))
        if before != after:
            writes += (before is not None) + (after is not None)
    return writes


def _key(item: Mapping[str, Any] | None, names: tuple[str, str]) -> tuple[Any, Any] | None:
    partition, sort = ((item or {}).get(name) for name in names)
    return (partition, sort) if partition and sort else None
