"""What history costs a table: calls are counted as they leave, command by command."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import History

WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")
CUSTOMERS = 30
"""A third of them has said no."""


@contextmanager
def counted(history: History) -> Iterator[Counter[tuple[str, str]]]:
    """Count the calls on DynamoDB by name and table."""
    events = history.cloud.dynamodb.meta.client.meta.events
    calls: Counter[tuple[str, str]] = Counter()

    def note(model: Any, params: Any, **_: Any) -> None:
        table = params.get("TableName") or ", ".join(params.get("RequestItems", ()))
        calls[model.name, table] += 1

    events.register("before-parameter-build.dynamodb", note, unique_id="counted")
    try:
        yield calls
    finally:
        events.unregister("before-parameter-build.dynamodb", unique_id="counted")


def test_a_command_costs_two_writes(opened: Opened) -> None:
    """Its contact's row and its outcome; reads come a hundred at once. A no is noted first."""
    history = opened(customers=CUSTOMERS)
    run = history.begin_bulk()
    history.clock.sleep(60)
    history.task("read", run)

    with counted(history) as calls:
        history.deliver()

    said_no = sum(1 for _, is_blacklisted in history.profiles().values() if is_blacklisted)
    writes = {table: n for (name, table), n in calls.items() if name in WRITES}
    assert said_no == CUSTOMERS // 3
    assert writes["ledger"] == CUSTOMERS
    assert writes["contacts"] == CUSTOMERS + 2 * said_no
    assert calls["BatchGetItem", "contacts"] <= 2


def test_reading_costs_no_write_for_each_object(opened: Opened) -> None:
    """What is read is noted part by part: thirty or a thousand objects are the same few writes."""
    costs = []
    for customers in (30, 300):
        history = opened(customers=customers)
        run = history.begin_bulk()
        history.clock.sleep(60)
        with counted(history) as calls:
            history.task("read", run)
        costs.append(sum(n for (name, _), n in calls.items() if name in WRITES))

    assert costs[0] == costs[1] <= 12
