"""The price: what is charged for each call, and the sum for a million webhooks."""

from collections import Counter

import pytest

from benchmarks.price.bill import per_million, prices
from benchmarks.price.counting import Meter, index_writes, item_bytes, units

ROW = {"delivery": {"S": "s#1"}, "row": {"S": "orders/create#a"}, "received_at": {"S": "2026"}}


def test_price_of_a_written_out_count() -> None:
    """Two hundred webhooks with two writes and one publish each."""
    used = Counter(
        {
            ("topic functions", "dynamodb write unit"): 400,
            ("topic functions", "sns publish"): 200,
            ("logs", "log GB"): 0.0002,
        }
    )
    dollars = {"dynamodb write unit": 0.000000625, "sns publish": 0.0000005, "log GB": 0.5}

    parts = per_million(used, 200, dollars)

    assert parts == pytest.approx({"topic functions": 1.75, "logs": 0.5})


def test_everything_that_is_counted_has_a_price() -> None:
    """Prices are in dollars for one; dearest are a state transition, then a write to S3."""
    dollars = prices().dollars

    assert dollars["api request"] == 0.000001
    single = [unit for unit in dollars if "GB" not in unit]
    dearest = sorted(single, key=lambda unit: -dollars[unit])
    assert dearest[:2] == ["state transition", "s3 write"]


@pytest.mark.parametrize(("size", "charged"), [(0, 1), (65_536, 1), (65_537, 2), (180_000, 3)])
def test_messages_are_charged_by_64_kb(size: int, charged: int) -> None:
    """SNS, SQS and EventBridge charge each 64 kB begun."""
    assert units(size) == charged


def test_size_of_a_row() -> None:
    """Names and values count: 8 + 3, 3 + 15, 11 + 4 bytes."""
    assert item_bytes(ROW) == 44


def test_index_is_written_when_its_key_changes() -> None:
    """A delivery enters the index by resource once; what is only updated costs nothing there."""
    published = ROW | {"resource": {"S": "s#order#1"}}

    assert index_writes(None, ROW) == 0
    assert index_writes(ROW, published) == 1
    assert index_writes(published, published) == 0
    assert index_writes(published, published | {"received_at": {"S": "2027"}}) == 2


def test_meter_charges_reads_and_large_rows() -> None:
    """A consistent read takes a unit, an eventual one half; a row of 2.5 kB takes three writes."""
    meter = Meter()
    meter.part = "here"

    meter.call("dynamodb", "GetItem", {"ConsistentRead": True})
    meter.call("dynamodb", "GetItem", {})
    meter.call("dynamodb", "UpdateItem", {})
    meter.changed(None, {"x": {"S": "y" * 2_500}})

    assert meter.used == {
        ("here", "dynamodb read unit"): 1.5,
        ("here", "dynamodb write unit"): 3,
    }


def test_call_without_price_is_an_error() -> None:
    """A new kind of call cannot be forgotten in the sum."""
    with pytest.raises(ValueError, match="no price is known"):
        Meter().call("stepfunctions", "StartExecution", {})
