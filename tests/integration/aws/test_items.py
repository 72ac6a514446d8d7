"""Rows are written and read as boto3 does it, in plain values."""

from decimal import Decimal
from typing import Any

import pytest
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.aws.items import from_wire, to_wire

NUMBERS = st.integers(-(10**37), 10**37) | st.decimals(
    -(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4
)
VALUES = st.recursive(
    st.text() | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.dictionaries(st.text(), VALUES, max_size=4)


@given(row=ROWS)
def test_writes_as_boto3_does(row: dict[str, Any]) -> None:
    """Every row of plain values gets the form that boto3 gives it."""
    wire = to_wire(row)

    assert wire == {name: TypeSerializer().serialize(value) for name, value in row.items()}


@given(row=ROWS)
def test_reads_as_boto3_does(row: dict[str, Any]) -> None:
    """What boto3 wrote is read as what boto3 reads; whole numbers become int."""
    wire: dict[str, Any] = {name: TypeSerializer().serialize(value) for name, value in row.items()}

    assert from_wire(wire) == {
        name: TypeDeserializer().deserialize(value) for name, value in wire.items()
    }


def test_bytes_travel_as_base64() -> None:
    """Bytes, which botocore encodes in a later step, arrive as they left."""
    assert to_wire({"b": b"\x00\xff"}) == {"b": {"B": "AP8="}}
    assert from_wire({"b": {"B": "AP8="}}) == {"b": b"\x00\xff"}
    assert TypeSerializer().serialize(Binary(b"\x00\xff")) == {"B": b"\x00\xff"}


def test_truth_is_no_number() -> None:
    """True stays true, and a whole number stays whole."""
    assert to_wire({"t": True, "n": 1}) == {"t": {"BOOL": True}, "n": {"N": "1"}}
    assert type(from_wire({"n": {"N": "-7"}})["n"]) is int
    assert type(from_wire({"n": {"N": "7.5"}})["n"]) is Decimal


@pytest.mark.parametrize("value", [1.5, {"set"}, Decimal("NaN"), Decimal("Infinity"), object()])
def test_other_values_are_refused(value: Any) -> None:
    """Floats would lose money and sets cannot be empty: neither is written."""
    with pytest.raises(TypeError, match="a row cannot hold this"):
        to_wire({"a": [value]})


def test_other_types_are_refused() -> None:
    """A set in a row is named in the error."""
    with pytest.raises(TypeError, match="no row of ours holds an attribute of type SS"):
        from_wire({"a": {"SS": ["x"]}})
