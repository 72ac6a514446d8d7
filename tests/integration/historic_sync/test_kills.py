"""A run that is killed and goes on ends as one that was never disturbed."""

from dataclasses import replace
from typing import Final

from shopbridge.ledger.report import commands
from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import History
from tests.integration.pipeline.watched import Crash, Steps

CUSTOMERS = 2_000
PAGES = 40
KILLS: Final = (
    ("runs.query", 1, False),
    ("shopify.ask", 1, True),
    ("s3.put_object", 1, False),
    ("s3.put_object", 2, True),
    ("ledger.update_item", 1, True),
    ("sqs.send_message_batch", 1, False),
    ("sqs.send_message_batch", 2, True),
    ("sqs.send_message_batch", 9, True),
    ("runs.put_item", 1, False),
    ("runs.put_item", 2, True),
)
"""Before or after which call, counted within its task, the function dies while it reads."""


def killed() -> list[Steps]:
    """Plan undisturbed, then die at each of the ten points."""
    planning = [Steps(), Steps()]
    return planning + [Steps(n, Crash(), after, of) for of, n, after in KILLS]


def test_killed_at_ten_points_nothing_is_missing_or_twice(opened: Opened) -> None:
    """2,000 customers: what is sent is the same, and so is what the ledger counts."""
    whole, broken = opened(customers=CUSTOMERS), opened(customers=CUSTOMERS)
    whole.work, broken.work = whole.take_all, broken.take_all
    whole.follow(whole.start())

    run = broken.start()
    done = broken.follow(run, killed())

    assert done.count("read") == 1
    assert whole.latest().state == broken.latest().state == "COMPLETE"
    assert len(whole.taken) == CUSTOMERS
    assert broken.taken.keys() == set(broken.in_shopify())
    assert tallied(broken) == tallied(whole) == (CUSTOMERS, CUSTOMERS, 0)


def test_killed_at_four_points_of_each_of_forty_pages(opened: Opened) -> None:
    """Before and after the page, its messages and its checkpoint: 160 kills, and all are there."""
    history = opened(customers=PAGES * 5, size=5)
    history.work = history.take_all
    deaths = [
        Steps(1, Crash(), after, of)
        for of, after in (
            ("shopify.ask", False),
            ("shopify.ask", True),
            ("sqs.send_message_batch", True),
            ("runs.put_item", True),
        )
    ]
    run = history.start()
    for task in ("plan", "plan"):
        history.task(task, run)

    kills = [replace(one, made=[]) for _ in range(PAGES) for one in deaths]
    done = history.follow(run, kills, at="read")

    assert [one.counted for one in kills] == [1] * len(kills)
    assert done[0] == "read"
    assert history.latest().state == "COMPLETE"
    assert history.taken.keys() == set(history.in_shopify())
    assert tallied(history) == (PAGES * 5, PAGES * 5, 0)


def tallied(history: History) -> tuple[int, int, int]:
    """Return how many commands were made, delivered, and still wait."""
    ((_, counts),) = history.counts().items()
    tally = commands(counts)["SendContact"]
    return tally.made, tally.ended["delivered"], tally.waiting
