"""A run that is read by bulk operations ends as one that is read by pages."""

import json

from shopbridge.historic_sync.bulk.waking import wake
from shopbridge.historic_sync.run import Reader
from shopbridge.historic_sync.step import Sizes
from shopbridge.ledger.report import commands
from tests.integration.historic_sync.conftest import Opened
from tests.integration.pipeline.watched import Crash, Steps

SMALL = Sizes(in_slice=10, in_part=7)
"""Forty customers are some slices, and each of those some parts."""


def test_bulk_run_carries_every_customer_over(opened: Opened) -> None:
    """Exported, fetched, read, sent, settled and verified; nothing of the export stays."""
    history = opened(customers=40)
    history.sizes = SMALL

    done = history.follow(history.start("bulk"))

    slices = history.slices()
    assert history.latest().state == "COMPLETE"
    assert done[:4] == ["plan", "plan", "read", "read"]
    assert len(slices) > 4
    assert {one.reader for one in slices} == {"bulk"}
    assert sum(one.counted for one in slices) == sum(one.ended for one in slices) == 40
    assert history.at_netcore() == history.in_shopify()
    assert {one.state for one in history.operations()} == {"done"}
    assert history.results() == []


def test_bulk_brings_what_pages_bring(opened: Opened) -> None:
    """What is sent of everybody is the same, field by field, whoever read it."""
    history = opened(customers=30)
    history.work = history.take_all
    brought = []

    readers: tuple[Reader, ...] = ("pages", "bulk")
    for reader in readers:
        history.follow(history.start(reader))
        brought.append({id_: json.loads(bytes(text)) for id_, text in history.taken.items()})
        history.taken.clear()
        history.clock.sleep(60)

    assert len(brought[0]) == 30
    assert brought[0] == brought[1]


def test_report_of_a_bulk_run_balances(opened: Opened) -> None:
    """The ledger counts as many commands made as ended."""
    history = opened(customers=40)
    history.sizes = SMALL

    history.follow(history.start("bulk"))

    ((_, counts),) = history.counts().items()
    tally = commands(counts)["SendContact"]
    assert (tally.made, tally.ended, tally.waiting) == (40, {"delivered": 40}, 0)


def test_operations_share_the_slices(opened: Opened) -> None:
    """Five at the most, and Shopify is asked for windows that meet and do not overlap."""
    history = opened(customers=40)
    history.sizes = SMALL

    history.begin_bulk()

    slices, operations = history.slices(), history.operations()
    covered = [one.name for each in operations for one in slices if each.covers(one)]
    windows = [each.window(slices) for each in operations]
    assert 2 <= len(operations) <= 5
    assert covered == [one.name for one in slices]
    assert [each.since for each in windows[:-1]] == [each.until for each in windows[1:]]
    assert len(history.at_shopify()) == len(operations)
    assert {one.state for one in operations} == {"running"}


def test_small_stream_is_read_by_pages(opened: Opened) -> None:
    """Nobody waits minutes for what a page brings; no operation is begun."""
    history = opened(customers=12)

    history.follow(history.start())

    assert {one.reader for one in history.slices()} == {"pages"}
    assert history.at_shopify() == []


def test_webhook_wakes_the_run(opened: Opened) -> None:
    """The end of an operation begins the next part at once; the same told twice does nothing."""
    history = opened(customers=12)
    history.begin_bulk()
    history.clock.sleep(60)
    (operation,) = history.operations()

    woken = [wake(history.control(), operation.id) for _ in range(2)]
    history.follow(history.latest(), at="read")

    assert operation.sleeps
    assert woken == [True, False]
    assert [run.part for run in history.launched] == [1, 2]
    assert history.latest().state == "COMPLETE"


def test_nobody_else_is_woken(opened: Opened) -> None:
    """Operations of other apps, and of runs that are over, wake nothing."""
    history = opened(customers=12)
    history.follow(history.start("bulk"))
    (operation,) = history.operations()

    woken = [
        wake(history.control(), id_) for id_ in ("gid://shopify/BulkOperation/1", operation.id)
    ]

    assert woken == [False, False]
    assert len(history.launched) == 1


def test_task_without_time_goes_on_where_it_was(opened: Opened) -> None:
    """Each task reads two parts; together they read all, and send nobody twice."""
    history = opened(customers=40)
    history.sizes = Sizes(in_part=7)
    history.begin_bulk()
    history.clock.sleep(60)
    history.patience = 2

    done = history.follow(history.latest(), at="read")

    assert done.count("read") > 4
    assert history.latest().state == "COMPLETE"
    assert history.at_netcore() == history.in_shopify()


def test_lost_answer_is_no_second_operation(opened: Opened) -> None:
    """Shopify began it, but nobody heard: the next task finds it and begins none."""
    history = opened(customers=12)
    run = history.start("bulk")
    for task in ("plan", "plan"):
        history.task(task, run)
    fault = {"do": "reset_after_apply", "match": {"operation": "BulkRun"}}
    assert history.shop.post("/_faults", json=fault).status_code == 201

    history.follow(run, at="read")

    assert len(history.at_shopify()) == 1
    assert history.latest().state == "COMPLETE"


def test_killed_anywhere_in_bulk_nothing_is_missing_or_twice(opened: Opened) -> None:
    """Whatever call the function dies at, before it or after it, the same customers arrive."""
    whole = opened(customers=40)
    whole.sizes = SMALL
    watched = Steps()
    run = whole.start("bulk")
    for _ in range(2):
        whole.task("plan", run)
    whole.task("read", run)
    whole.clock.sleep(60)
    whole.task("read", run, watched)
    calls = len(watched.made)
    kills = [(n, after) for n in range(1, calls + 1, 7) for after in (False, True)]

    broken = opened(customers=40)
    broken.sizes = SMALL
    broken.work = broken.take_all
    steps = [Steps(), Steps(), Steps(), *(Steps(n, Crash(), after) for n, after in kills)]
    broken.follow(broken.start("bulk"), steps)

    assert calls > 60
    assert broken.latest().state == "COMPLETE"
    assert broken.taken.keys() == set(broken.in_shopify())
    ((_, counts),) = broken.counts().items()
    tally = commands(counts)["SendContact"]
    assert (tally.made, tally.ended["delivered"], tally.waiting) == (40, 40, 0)
    assert broken.results() == []
