"""What happens to a run when the world is not as it should be."""

from datetime import timedelta

import pytest

from shopbridge import reasons
from shopbridge.commands import RefreshContact
from shopbridge.errors import AdminUnavailable, Rejected
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import History
from tests.integration.pipeline.cloud import BUCKET
from tests.integration.pipeline.watched import Steps

KEPT_DAYS = 14


class SawNothing(Runs):
    """Looked before anybody else had begun."""

    looks = 0

    def latest(self) -> Run | None:
        """Return what is there, but for the looks before the first write."""
        self.looks += 1
        return None if self.looks <= LOOKS_BEFORE else super().latest()


LOOKS_BEFORE = 3
"""A start looks so often before it writes."""


def test_second_start_is_the_first_run(opened: Opened) -> None:
    """Whoever starts again while it runs gets the same run and the same execution."""
    history = opened()

    runs = [history.start(), history.start()]

    assert runs[0] == runs[1]
    assert len({run.execution for run in history.launched}) == 1


def test_of_two_who_start_at_once_one_begins_the_run(opened: Opened) -> None:
    """Both saw that there was none; the second one finds the first one's when it writes."""
    history = opened()
    seen = SawNothing(history.cloud.table("runs"), history.name)
    late = Control(seen, history.launched.append, history.clock.now)
    first = history.start()
    history.clock.sleep(5)

    second = late.start(history.store(), ("customers",))

    assert second.id == first.id
    assert {run.execution for run in history.launched} == {first.execution}


def test_paused_run_goes_on_where_it_was(opened: Opened) -> None:
    """The old execution stops; the new one ends the run, and nobody is sent twice."""
    history = opened(customers=20, size=5)
    run = history.start()
    history.task("plan", run)
    history.control().pause()

    stopped = history.task("read", run)["next"]
    history.clock.sleep(3600)
    resumed = history.control().resume()
    history.follow(resumed)

    assert stopped == "stop"
    assert (resumed.part, history.latest().state) == (2, "COMPLETE")
    assert (resumed.paused_at, resumed.paused_seconds) == (None, 3600)
    assert history.at_netcore() == history.in_shopify()


def test_a_wish_is_written_though_the_machine_writes_meanwhile(opened: Opened) -> None:
    """A task checkpoints between reading and writing of the pause: both stand."""
    history = opened()
    history.start()

    class Crossed(Runs):
        crossings = 2

        def latest(self) -> Run | None:
            found = super().latest()
            if found and self.crossings:
                self.crossings -= 1
                self.change(found, planned=found.streams)
            return found

    runs = Crossed(history.cloud.table("runs"), history.name)
    paused = Control(runs, history.launched.append, history.clock.now).pause()

    assert (paused.state, paused.planned) == ("PAUSED", paused.streams)
    assert history.latest() == paused


def test_cancelled_run_stops(opened: Opened) -> None:
    """Nothing is read any more, and it stays cancelled."""
    history = opened()
    run = history.start()
    history.control().cancel()

    assert history.follow(run) == ["plan"]
    assert history.latest().state == "CANCELLED"
    assert history.slices() == []


def test_run_waits_for_a_store_that_may_not_send(opened: Opened) -> None:
    """A paused store reads nothing; enabled again it goes on by itself."""
    history = opened()
    run = history.start()
    history.repository().set_status(history.store(), "paused")

    told = history.task("plan", run)
    waiting = history.latest().waiting
    history.repository().set_status(history.store(), "enabled")
    history.follow(run)

    assert (told["next"], told["seconds"], waiting) == ("wait", 900, reasons.PAUSED)
    assert (history.latest().state, history.latest().waiting) == ("COMPLETE", "")


def test_uninstalled_store_ends_the_run(opened: Opened) -> None:
    """A run never outlives its install."""
    history = opened()
    run = history.start()
    history.repository().uninstall(history.store(), history.clock.now())

    history.follow(run)

    assert (history.latest().state, history.latest().reason) == ("CANCELLED", "uninstalled")


def test_lost_messages_are_read_and_sent_again(opened: Opened) -> None:
    """A queue that lost its messages delays the run and leaves nothing out."""
    history = opened(customers=10)
    run = history.start()
    for task in ("plan", "plan", "read"):
        history.task(task, run)
    assert history.cloud.take("contacts-history", history.name)

    history.follow(run, at="settle")

    (slice_,) = history.slices()
    assert (history.latest().state, slice_.rereads) == ("COMPLETE", 1)
    assert history.at_netcore() == history.in_shopify()


def test_customer_that_netcore_refuses_is_a_gap(opened: Opened) -> None:
    """The run says that it is not complete, and names the one that is missing."""
    history = opened(customers=10)
    refused = history.in_shopify()[0]
    match = {"path": "/v3/contact/batchadd", "contains": refused, "times": None}
    history.fault(do="status", status=400, match=match)

    history.follow(history.start())

    run = history.latest()
    (gap,) = found(history, run)
    assert (run.state, run.gaps) == ("COMPLETE_WITH_GAPS", 1)
    assert (gap["stream"], gap["id"]) == ("customers", refused)
    assert gap["reason"].startswith("parked: ")


def test_deleted_meanwhile_is_complete(opened: Opened) -> None:
    """A customer who was read and is no longer there is nothing that is missing."""
    history = opened(customers=9)
    run = history.start()
    for task in ("plan", "plan", "read"):
        history.task(task, run)
    bought = {each["id"] for each in history.shop.get("/_world/customers").json() if each["orders"]}
    (gone, *_) = [i for i in history.in_shopify() if f"gid://shopify/Customer/{i}" not in bought]
    event = {"event": "delete_customer", "target": f"gid://shopify/Customer/{gone}"}
    assert history.shop.post("/_world", json=event).status_code == 200

    history.follow(run, at="settle")

    (slice_,) = history.slices()
    assert (history.latest().state, slice_.counted, slice_.read) == ("COMPLETE", 8, 9)


def test_newer_state_wins_over_what_was_read(opened: Opened) -> None:
    """A customer changes between page and worker: what a webhook brought stays."""
    history = opened(customers=3)
    run = history.start()
    for task in ("plan", "plan", "read"):
        history.task(task, run)
    one = history.in_shopify()[0]
    history.clock.sleep(60)
    fields = {"id": f"gid://shopify/Customer/{one}", "fields": {"tags": ["changed"]}}
    assert history.shop.post("/_world", json={"set": fields}).status_code == 200
    history.send(RefreshContact(one))
    history.lane.settle(history.contacts_worker())

    history.follow(run, at="settle")

    assert history.held(one)["TAGS"] == "changed"
    assert history.latest().state == "COMPLETE"


def test_what_a_webhook_brought_before_the_page_is_not_sent_again(opened: Opened) -> None:
    """A customer is refreshed while the run is planned: the page finds that Netcore has it all."""
    history = opened(customers=3)
    run = history.start()
    for task in ("plan", "plan"):
        history.task(task, run)
    history.send(RefreshContact(history.in_shopify()[0]))
    history.lane.settle(history.contacts_worker())

    history.follow(run, at="read")

    assert history.at_netcore() == history.in_shopify()
    assert history.latest().state == "COMPLETE"


@pytest.mark.parametrize("days", [1, 13, 15])
def test_run_that_was_held_for_days_is_whole(opened: Opened, days: int) -> None:
    """What it has kept of itself is gone after 14 days: then its slice is read once more."""
    history = opened(customers=20, size=5)
    run = history.start()
    for task in ("plan", "plan"):
        history.task(task, run)
    history.task("read", run, Steps(3, AdminUnavailable("later"), of="shopify.ask"))
    history.deliver()
    history.control().pause()
    history.clock.sleep(timedelta(days=days).total_seconds())
    if days >= KEPT_DAYS:
        for key in history.cloud.kept(f"runs/{history.name}/"):
            history.cloud.s3.delete_object(Bucket=BUCKET, Key=key)

    history.follow(history.control().resume())

    assert (history.latest().state, history.latest().gaps) == ("COMPLETE", 0)
    assert history.at_netcore() == history.in_shopify()


def test_long_run_goes_on_in_a_new_execution(opened: Opened) -> None:
    """After a thousand tasks another execution takes over; the old one stops."""
    history = opened()
    run = history.start()

    told = history.task("read", run, steps=1_000)

    assert told["next"] == "stop"
    assert [each.part for each in history.launched] == [1, 2]


def test_nothing_chosen_starts_nothing(opened: Opened) -> None:
    """There is no run of no stream."""
    history = opened()

    with pytest.raises(Rejected, match="no stream is switched on"):
        history.control().start(history.store(), ())

    assert history.launched == []


def test_run_that_finds_no_progress_says_what_is_missing(opened: Opened) -> None:
    """Where every message is lost each time, the third verdict is final."""
    history = opened(customers=4)
    history.work = lambda: lose(history)

    history.follow(history.start())

    run = history.latest()
    assert (run.state, run.gaps) == ("COMPLETE_WITH_GAPS", 4)
    assert {gap["reason"] for gap in found(history, run)} == {"its command has no outcome"}
    assert run.ended_at
    assert run.ended_at - run.started_at >= timedelta(hours=12)


def lose(history: History) -> None:
    """Let the queue lose what it holds."""
    history.cloud.take("contacts-history", history.name)


def found(history: History, run: Run) -> list[dict[str, str]]:
    """Download the gaps of a run."""
    return history.manifests.summed_up(run)
