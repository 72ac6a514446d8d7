"""Bulk operations that fail, lie or never end: nothing of it is ever called complete."""

from datetime import timedelta
from typing import Any

import pytest

from shopbridge.historic_sync.run import Run
from shopbridge.historic_sync.step import Sizes
from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import History

CUSTOMERS = 30


def spoil(history: History, do: str, **how: Any) -> None:
    """Plan what goes wrong with the store's next bulk operations."""
    assert history.shop.post("/_faults", json={"do": do, **how}).status_code == 201


def statuses(history: History) -> list[str]:
    """Return how each of the store's bulk operations stands."""
    return [each["status"] for each in history.at_shopify()]


def is_whole(history: History) -> bool:
    """Whether the run is complete and everybody was sent."""
    is_complete = history.latest().state == "COMPLETE"
    return is_complete and sorted(history.taken) == history.in_shopify()


def half_read(history: History) -> Run:
    """Begin a run, and stop it while it reads what Shopify has exported."""
    history.sizes = Sizes(in_part=7)
    run = history.begin_bulk()
    history.clock.sleep(60)
    history.patience = 4
    history.task("read", run)
    return run


@pytest.fixture
def store(opened: Opened) -> History:
    """A store whose commands are taken as they come, without the way to Netcore."""
    history = opened(customers=CUSTOMERS)
    history.work = history.take_all
    return history


@pytest.mark.parametrize("do", ["bulk_fail", "bulk_partial", "bulk_cut", "bulk_short"])
def test_what_is_not_whole_is_asked_for_again(store: History, do: str) -> None:
    """Failed, partly there, cut in a line, short of a line: the second operation brings it all."""
    spoil(store, do)

    store.follow(store.start("bulk"))

    (operation,) = store.operations()
    assert is_whole(store)
    assert (operation.state, operation.tries) == ("done", 1)
    assert operation.reason
    assert len(store.at_shopify()) == 2


def test_partial_data_is_never_fetched(opened: Opened) -> None:
    """What a failed operation left behind has an address, and nobody asks for it."""
    history = opened(customers=300)
    history.work = history.take_all
    spoil(history, "bulk_partial", code="TIMEOUT")
    run = history.begin_bulk()
    history.clock.sleep(60)

    history.task("read", run)

    (operation,) = history.operations()
    failed, *_ = history.at_shopify()
    assert failed["partialDataUrl"]
    assert (operation.tries, operation.reason, operation.read) == (1, "TIMEOUT", 0)
    assert history.cloud.take("contacts-history", history.name) == []


@pytest.mark.parametrize("do", ["bulk_fail", "bulk_partial", "bulk_cut", "bulk_short"])
def test_after_three_tries_pages_bring_it(store: History, do: str) -> None:
    """Where the reader was ours to choose, another one brings what no operation did."""
    store.sizes = Sizes(bulk_from=1)
    spoil(store, do, match={"times": None})

    store.follow(store.start())

    (operation,) = store.operations()
    assert is_whole(store)
    assert (operation.state, operation.tries) == ("given up", 3)
    assert {one.reader for one in store.slices()} == {"pages"}
    assert len(store.at_shopify()) == 3


@pytest.mark.parametrize(
    ("do", "reason"),
    [
        ("bulk_fail", "no bulk operation brought customers: INTERNAL_SERVER_ERROR"),
        ("bulk_cut", "no bulk operation brought customers: its last line is cut"),
        ("bulk_short", "no bulk operation brought customers: its result has 29 of 30 objects"),
    ],
)
def test_run_that_wants_bulk_alone_fails_with_the_reason(
    store: History, do: str, reason: str
) -> None:
    """Three tries, then it says why; it is neither complete nor without end."""
    spoil(store, do, match={"times": None})
    run = store.start("bulk")

    for task in ("plan", "plan"):
        store.task(task, run)
    told = ""
    while told != "fail":
        told = store.task("read", run)["next"]
        store.clock.sleep(60)

    assert (store.latest().state, store.latest().reason) == ("FAILED", reason)
    assert len(store.at_shopify()) == 3


def test_what_is_denied_is_not_tried_again(store: History) -> None:
    """Pages bring what they may see at once."""
    store.sizes = Sizes(bulk_from=1)
    spoil(store, "bulk_fail", code="ACCESS_DENIED")

    store.follow(store.start())

    assert is_whole(store)
    assert len(store.at_shopify()) == 1


def test_address_that_has_expired_is_asked_for_again(store: History) -> None:
    """Shopify names a new one, and the same operation brings everything."""
    spoil(store, "bulk_expired")

    store.follow(store.start("bulk"))

    (operation,) = store.operations()
    assert is_whole(store)
    assert (operation.refused, operation.tries, len(store.at_shopify())) == (1, 0, 1)


def test_address_that_is_never_served_is_another_operation(store: History) -> None:
    """Three refusals, and the export is made anew."""
    spoil(store, "bulk_expired", refusals=100)

    store.follow(store.start("bulk"))

    assert is_whole(store)
    assert len(store.at_shopify()) == 2


def test_result_of_last_week_is_exported_anew(store: History) -> None:
    """A run that was held for eight days does not find its result any more."""
    run = store.begin_bulk()
    store.clock.sleep(60)
    assert statuses(store) == ["COMPLETED"]
    store.clock.sleep(timedelta(days=8).total_seconds())

    store.follow(run, at="read")

    assert is_whole(store)
    assert statuses(store)[0] == "EXPIRED"
    assert len(store.at_shopify()) == 2


def test_download_that_breaks_off_goes_on(store: History) -> None:
    """A reset and a server error delay the run, and cost no operation."""
    for how in ({"do": "reset_before"}, {"do": "status", "status": 503}):
        spoil(store, **how, match={"path": "/_bulk/*"})

    store.follow(store.start("bulk"))

    assert is_whole(store)
    assert len(store.at_shopify()) == 1


def test_operation_that_never_ends_is_called_off(store: History) -> None:
    """After two hours without one more object it is cancelled, and begun again."""
    spoil(store, "bulk_stuck")

    store.follow(store.start("bulk"))

    run = store.latest()
    assert is_whole(store)
    assert statuses(store) == ["CANCELED", "COMPLETED"]
    assert run.ended_at
    assert run.ended_at - run.started_at >= timedelta(hours=2)


def test_without_a_webhook_looking_finds_the_end(store: History) -> None:
    """Nobody tells that the operation is over, and the run ends all the same."""
    spoil(store, "bulk_unheard")

    store.follow(store.start("bulk"))

    assert is_whole(store)
    assert [run.part for run in store.launched] == [1]


def test_sixth_operation_waits(store: History) -> None:
    """Where others keep Shopify busy, ours begins when there is room."""
    inner = "{ products { edges { node { id } } } }"
    operations = [store.bulk.run(inner, grouped=False) for _ in range(5)]
    run = store.start("bulk")
    for task in ("plan", "plan"):
        store.task(task, run)

    told = store.task("read", run)
    (planned,) = store.operations()
    store.follow(run, at="read")

    assert all(operations)
    assert (told["next"], planned.state) == ("wait", "planned")
    assert is_whole(store)


@pytest.mark.parametrize("stop", ["pause", "cancel"])
def test_held_run_calls_its_operation_off(store: History, stop: str) -> None:
    """Shopify does not go on exporting for a run that nobody wants now."""
    run = store.begin_bulk()
    getattr(store.control(), stop)()

    told = store.task("read", run)

    assert told["next"] == "stop"
    assert statuses(store) == ["CANCELED"]
    assert [one.state for one in store.operations()] == ["planned"]


def test_resumed_run_exports_anew(store: History) -> None:
    """What was called off is begun again by the next part."""
    run = store.begin_bulk()
    store.control().pause()
    store.task("read", run)

    store.follow(store.control().resume(), at="plan")

    assert is_whole(store)
    assert statuses(store) == ["CANCELED", "COMPLETED"]


def test_uninstalled_store_calls_its_operation_off(store: History) -> None:
    """As long as Shopify listens; the run is cancelled in any case, and nothing is left in S3."""
    run = store.begin_bulk()
    store.repository().uninstall(store.store(), store.clock.now())

    store.task("read", run)

    assert (store.latest().state, store.latest().reason) == ("CANCELLED", "uninstalled")
    assert statuses(store) == ["CANCELED"]
    assert store.results() == []


def test_cancelled_while_reading_nothing_stays_in_s3(store: History) -> None:
    """A result that is half read is deleted with its run."""
    run = half_read(store)
    held = store.results()
    store.control().cancel()

    store.task("read", run)

    assert len(held) == 1
    assert store.results() == []


def test_result_that_somebody_deleted_is_fetched_again(store: History) -> None:
    """Whoever asks to be forgotten takes unread results along; the run fetches them anew."""
    run = half_read(store)
    store.patience = None
    (key,) = store.results()
    store.cloud.s3.delete_object(Bucket="kept", Key=key)

    store.follow(run, at="read")

    assert is_whole(store)
    assert len(store.at_shopify()) == 1
