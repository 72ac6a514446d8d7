"""What an estimate takes for granted is what a run does."""

import pytest

from shopbridge.historic_sync.estimate import ROWS, WRITES, estimate
from shopbridge.historic_sync.run import Stream
from shopbridge.message import read_head
from tests.integration.historic_sync.bought import DAY, Bought
from tests.integration.historic_sync.conftest import Buys
from tests.integration.pipeline.watched import Steps

LANES: dict[Stream, str] = {"customers": "contacts-history", "orders": "activities-history"}


@pytest.mark.parametrize("stream", LANES)
def test_a_command_takes_as_many_writes_as_are_priced(bought: Buys, stream: Stream) -> None:
    """Two of a single row, and receipts many at once; more only for who unsubscribed."""
    history = bought(customers=6)
    for n in range(8):
        history.order(DAY * (30 + n))
    read(history)
    texts = history.cloud.take(LANES[stream], history.name)
    steps = Steps()
    worker = history.contacts_worker(steps) if stream == "customers" else history.worker(steps)
    history.lane.put(texts)
    history.lane.settle(worker, batch=40)

    writes = [name for name in steps.made if name.endswith(("put_item", "update_item"))]
    told = [name for name in writes if not name.startswith("bucket.")]
    made = sum(len(read_head(text).commands) for text in texts)
    at_once = steps.made.count("receipts.batch_write_item")
    receipts = [row for row in history.cloud.table("receipts").scan()["Items"] if "holder" in row]

    assert made >= 6
    assert WRITES <= len(told) / made <= {"customers": WRITES + 1, "orders": WRITES}[stream]
    assert (at_once, len(receipts)) == {"customers": (0, 0), "orders": (1, made)}[stream]
    assert ROWS[stream] == WRITES + len(receipts) / made


def test_estimate_is_what_the_run_reads(bought: Buys) -> None:
    """Counted and tried before, read afterwards: as many objects and commands."""
    history = bought()
    for n in range(4):
        history.order(DAY * (30 + n))
    window = history.control().window(days=60)

    found = estimate("orders", history.gateway, history.store().profile, window, history.clock.now)
    history.run()

    assert (found.objects, found.commands) == (4, len(history.told()))
    assert (found.shopify_queries, found.netcore_calls) == (1, 1)
    assert found.shopify_points > 0


def read(history: Bought) -> None:
    """Plan and read a run."""
    run = history.start()
    for task in ("plan", "plan", "plan", "read"):
        history.task(task, run)
