"""Rows as Python values and as DynamoDB writes them: `{"S": "text"}`, `{"N": "1.5"}`."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

Value: TypeAlias = (
    "str | int | Decimal | bool | bytes | Sequence[Value] | Mapping[str, Value] | None"
)
"""What an attribute may hold. Floats and sets are left out on purpose."""

Item: TypeAlias = dict[str, Any]
"""A row as it was read; whole numbers are int, others Decimal."""

Wire: TypeAlias = "dict[str, Any]"
"""A value or a row in DynamoDB's own form."""


def to_wire(item: Mapping[str, Value]) -> Wire:
    """Write a row, a key or the values of an expression."""
    return {name: _to_wire(value) for name, value in item.items()}


def from_wire(item: Mapping[str, Wire]) -> Item:
    """Read a row."""
    return {name: _from_wire(value) for name, value in item.items()}


def _to_wire(value: Value) -> Wire:
    wire: Any = value
    match value:
        case str():
            kind = "S"
        case None:
            kind, wire = "NULL", True
        case bool():
            kind = "BOOL"
        case int():
            kind, wire = "N", str(value)
        case Decimal() if value.is_finite():
            kind, wire = "N", str(value)
        case bytes():
            kind, wire = "B", b64encode(value).decode("ascii")
        case Mapping():
            kind, wire = "M", to_wire(value)
        case list() | tuple():
            kind, wire = "L", [_to_wire(element) for element in value]
        case _:
            raise TypeError(f"a row cannot hold this {type(value).__name__}")
    return {kind: wire}


def _from_wire(wire: Wire) -> Any:
    ((kind, value),) = wire.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return int(value) if value.lstrip("-").isdigit() else Decimal(value)
        case "NULL":
            return None
        case "M":
            return from_wire(value)
        case "L":
            return [_from_wire(element) for element in value]
        case "B":
            return b64decode(value)
    raise TypeError(f"no row of ours holds an attribute of type {kind}")
