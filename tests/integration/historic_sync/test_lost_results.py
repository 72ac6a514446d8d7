"""Results that were silently lost elsewhere while a run called itself a success."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from shopbridge.errors import AdminQueryRefused, AdminUnavailable
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from shopbridge.shopify.verdict import Answer
from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import History
from tests.integration.pipeline.people import Meanwhile
from tests.integration.pipeline.watched import Crash, Steps

HOUR = timedelta(hours=1)


@dataclass
class Lying(Steps):
    """Shopify's `nth` answer is altered; nobody is told."""

    nth: int = 1
    alter: Callable[[Any], Any] = lambda page: page

    def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
        """Make one call."""
        answer = super().call(name, method, args, kwargs)
        if name == "shopify.ask" and self.made.count(name) == self.nth:
            assert isinstance(answer, Answer)
            return dataclasses.replace(answer, data={"page": self.alter(answer.data["page"])})
        return answer


LIES: dict[str, Callable[[Any], Any]] = {
    "claims more and gives none": lambda page: {**page, "nodes": []},
    "stands still": lambda page: {**page, "pageInfo": {"hasNextPage": True, "endCursor": None}},
    "has a hole": lambda page: {**page, "nodes": [None, *page["nodes"][1:]]},
    "is not there": lambda page: None,
}


@pytest.mark.parametrize("lie", LIES)
def test_page_that_cannot_be_is_asked_for_again(opened: Opened, lie: str) -> None:
    """The cursor does not move on such an answer; the run waits a moment and loses nobody."""
    history = opened(customers=20, size=5)
    run = planned(history)

    told = history.task("read", run, Lying(nth=2, alter=LIES[lie]))
    (at,) = history.slices()
    history.follow(run, at="read")

    assert (told["next"], at.read, at.state) == ("wait", 5, "reading")
    require_whole(history)


def test_same_cursor_twice_is_asked_for_again(opened: Opened) -> None:
    """A page whose end is where it began would be read for ever."""
    history = opened(customers=20, size=5)
    run = planned(history)
    history.task("read", run, Steps(2, AdminUnavailable("later"), of="shopify.ask"))
    (at,) = history.slices()
    again = {"hasNextPage": True, "endCursor": at.cursor}

    told = history.task("read", run, Lying(alter=lambda page: {**page, "pageInfo": again}))
    history.follow(run, at="read")

    assert at.cursor
    assert told["next"] == "wait"
    require_whole(history)


def test_cursor_that_is_none_any_more_begins_the_slice_anew(opened: Opened) -> None:
    """Shopify refuses the query for its cursor: what was read is read again, and sent once."""
    history = opened(customers=20, size=5)
    run = planned(history)
    history.task("read", run, Steps(3, AdminUnavailable("later"), of="shopify.ask"))
    (at,) = history.slices()
    spoilt = Runs(history.cloud.table("runs"), history.name).save(at, cursor="none-any-more")

    history.follow(run, at="read")

    assert (at.read, spoilt.cursor) == (10, "none-any-more")
    require_whole(history)


def test_query_that_is_refused_without_cursor_fails_the_run(opened: Opened) -> None:
    """Reading again would be refused again: the run says why, and is over."""
    history = opened(customers=5)
    run = planned(history)
    refusal = AdminQueryRefused("Shopify refuses: BAD_REQUEST")

    told = history.task("read", run, Steps(1, refusal, of="shopify.ask"))

    assert told["next"] == "fail"
    assert (history.latest().state, history.latest().reason) == ("FAILED", str(refusal))


def test_page_that_ends_too_early_is_found_by_the_count(opened: Opened) -> None:
    """Shopify says there is no more after the first of four pages: the slice is read again."""
    history = opened(customers=20, size=5)
    run = planned(history)
    end = {"hasNextPage": False, "endCursor": None}

    history.task("read", run, Lying(alter=lambda page: {**page, "pageInfo": end}))
    (at,) = history.slices()
    history.follow(run, at="settle")

    (one,) = history.slices()
    assert (at.read, at.state) == (5, "read")
    assert one.rereads == 1
    require_whole(history)


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
def test_kill_at_the_checkpoint_that_fills_a_slice(opened: Opened, after: bool) -> None:
    """Twenty customers are exactly four pages; the reader dies at the last one's checkpoint."""
    history = opened(customers=20, size=5)
    run = planned(history)

    with pytest.raises(Crash):
        history.task("read", run, Steps(4, Crash(), after, "runs.put_item"))
    history.follow(run, at="read")

    require_whole(history)


def test_slice_that_fails_inside_is_finished(opened: Opened) -> None:
    """Three slices; Shopify fails in the middle of the second one: no slice is left out."""
    history = opened(customers=20, size=3, most=8)
    run = planned(history)
    history.task("read", run, Steps(5, AdminUnavailable("later"), of="shopify.ask"))
    states = [one.state for one in history.slices()]

    history.follow(run, at="read")

    assert len(states) >= 3
    assert {"read", "reading"} == set(states)
    assert sum(one.read for one in history.slices()) == 20
    require_whole(history)


def test_slices_are_newest_first_and_cover_everything_once(opened: Opened) -> None:
    """Twenty customers in slices of eight: each is read in one of them."""
    history = opened(customers=20, size=3, most=8)

    history.follow(history.start())

    slices = history.slices()
    assert len(slices) >= 3
    assert all(newer.since == older.until for newer, older in pairwise(slices))
    assert [one.counted for one in slices] == [one.read for one in slices]
    require_whole(history)


def test_customer_deleted_before_their_page_is_read(opened: Opened) -> None:
    """Counted when it was planned, gone when it is read: the count still closes."""
    history = opened(customers=9)
    run = planned(history)
    bought = {each["id"] for each in history.shop.get("/_world/customers").json() if each["orders"]}
    (gone, *_) = [i for i in history.in_shopify() if f"gid://shopify/Customer/{i}" not in bought]
    event = {"event": "delete_customer", "target": f"gid://shopify/Customer/{gone}"}
    assert history.shop.post("/_world", json=event).status_code == 200

    history.follow(run, at="read")

    (one,) = history.slices()
    assert (one.counted, one.read) == (8, 8)
    require_whole(history)


def test_one_that_is_deleted_does_not_hide_one_that_was_never_read(opened: Opened) -> None:
    """A page leaves somebody out, somebody else goes: the numbers agree, and nobody believes it."""
    history = opened(customers=9, size=5)
    run = planned(history)
    history.task("read", run, Lying(nth=1, alter=lambda page: {**page, "nodes": page["nodes"][1:]}))
    bought = {each["id"] for each in history.shop.get("/_world/customers").json() if each["orders"]}
    made = history.manifests.made(history.slices()[0])
    gone = next(i for i in made if f"gid://shopify/Customer/{i}" not in bought)
    event = {"event": "delete_customer", "target": f"gid://shopify/Customer/{gone}"}
    assert history.shop.post("/_world", json=event).status_code == 200

    history.follow(run, at="read")

    (one,) = history.slices()
    assert (one.counted, one.read, one.rereads) == (8, 9, 1)
    assert set(history.at_netcore()) >= set(history.in_shopify())
    assert history.latest().state == "COMPLETE"


def test_token_that_ends_while_a_page_is_read_is_waited_for(opened: Opened) -> None:
    """Shopify refuses the token in the middle: the run waits until the app is opened again."""
    history = opened(customers=20, size=5)
    run = planned(history)

    told = history.task("read", run, Meanwhile(of="shopify.ask", do=lambda: lapse(history)))
    waiting = history.task("read", run)
    at = history.latest()
    authorised(history)
    history.follow(run, at="read")

    assert (told["next"], waiting["seconds"]) == ("wait", 900)
    assert (at.state, at.waiting) == ("RUNNING", "re-authorise")
    require_whole(history)


def test_store_that_is_uninstalled_while_it_settles(opened: Opened) -> None:
    """The run ends, and what is in the queue is sent to nobody."""
    history = opened(customers=6)
    run = planned(history)
    history.task("read", run)
    history.repository().uninstall(history.store(), history.clock.now())

    done = history.follow(run, at="settle")
    history.deliver()

    assert (done, history.latest().state) == (["settle"], "CANCELLED")
    assert history.received() == []


def test_two_who_read_the_same_slice_send_nobody_twice(opened: Opened) -> None:
    """A task that was thought dead goes on beside its successor: one of them checkpoints."""
    history = opened(customers=20, size=5)
    run = planned(history)
    other = Meanwhile(of="sqs.send_message_batch", do=lambda: history.task("read", run))

    told = history.task("read", run, other)
    history.follow(run, at="read")

    assert told["next"] == "wait"
    require_whole(history)


def test_netcore_that_is_down_for_an_hour_delays_the_run(opened: Opened) -> None:
    """Messages stay in their queue, slices are not given up, everybody arrives once."""
    history = opened(customers=30)
    began = history.clock.now()
    match = {"path": "/v3/contact/batchadd", "times": None}
    history.fault(do="status", status=503, match=match)
    history.work = lambda: work(history, history.clock.now() - began >= HOUR)

    history.follow(history.start())

    assert history.clock.now() - began >= HOUR
    require_whole(history)


def planned(history: History) -> Run:
    """Start a run, and plan it."""
    run = history.start()
    for _ in range(2):
        history.task("plan", run)
    return run


def require_whole(history: History) -> None:
    """Refuse a run that is not complete, misses somebody or sends somebody twice."""
    assert (history.latest().state, history.latest().gaps) == ("COMPLETE", 0)
    assert history.at_netcore() == history.in_shopify()


def lapse(history: History) -> None:
    """Let Shopify refuse the store's token, as the part that renews tokens notes it."""
    history.token = "shpat_gone"
    history.note(reauthorise_since=history.clock.now())


def authorised(history: History) -> None:
    """Let the merchant open the app."""
    history.token = history.granted
    history.note(reauthorise_since=None)


def work(history: History, is_mended: bool) -> None:
    """Let the workers try once, or finish once Netcore is mended."""
    if is_mended:
        history.panel.delete("/_faults")
        history.deliver()
        return
    history.lane.put(history.cloud.take("contacts-history", history.name))
    history.lane.run(history.contacts_worker(), batch=40)
