"""Abandoned checkouts of which no webhook came are waited for, and told once if nobody ordered."""

from datetime import datetime, timedelta
from typing import Any

from shopbridge import reasons
from shopbridge.commands import WatchCheckout
from shopbridge.ledger.report import commands
from shopbridge.privacy.erased import Erased
from shopbridge.reconciliation.left import UNNAMED
from shopbridge.reconciliation.report import StreamReport
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import SETTINGS, Missed, plain

ABANDONED = "Cart Abandonment"
STARTED = "Checkout Started"


def of(store: Missed, **order: Any) -> StreamReport:
    """Reconcile; return what is said of checkouts."""
    (found,) = [one for one in store.reconcile(**order).streams if one.stream == "checkouts"]
    return found


def leave(
    store: Missed, *, arrives: bool = True, buyer: str | None = None, by_cart: bool = True
) -> str:
    """Let a customer leave a checkout; return its gid."""
    buyer = buyer or register(store)
    return store.lives("start_checkout", arrives=arrives, customer=buyer, by_cart=by_cart)[0]


def register(store: Missed) -> str:
    """Let somebody register; return the customer's gid."""
    return next(gid for gid in store.lives("register") if "/Customer/" in gid)


def told(store: Missed, name: str = ABANDONED) -> list[dict[str, Any]]:
    """Return what Netcore was told under a name."""
    store.works()
    return [one for one in store.activities() if one["activity_name"] == name]


def test_checkout_whose_webhooks_were_lost_is_told_once(opened: Opened) -> None:
    """Found half an hour later, it is waited for and told when its hour is over; never again."""
    store = opened()
    left = leave(store, arrives=False)
    store.passes(minutes=30)
    found = of(store)
    store.passes(minutes=29)
    early = store.sweeps()
    store.passes(minutes=2)
    store.sweeps()
    store.passes(hours=20)

    again = of(store)

    assert (found.missing, found.repaired, early) == (plain([left]), 1, {})
    (one,) = told(store)
    assert one["timestamp"].startswith("2026-11-23T13:0")
    assert one["activity_params"]["items"]
    assert "checkout_token" not in one["activity_params"]
    assert (again.missing, again.stale, again.repaired) == ((), (), 0)
    store.sweeps()
    assert len(told(store)) == 1


def test_second_run_sends_nothing(opened: Opened) -> None:
    """What the first found is waited for; the overlap shows it to the second again."""
    store = opened()
    leave(store, arrives=False)
    store.passes(minutes=30)
    first = of(store)
    store.passes(minutes=5)

    second = of(store)

    assert (first.repaired, second.compared, second.findings, second.repaired) == (1, 1, 0, 0)


def test_dry_run_waits_for_nothing(opened: Opened) -> None:
    """It says what is missing; no checkout is watched afterwards."""
    store = opened()
    left = leave(store, arrives=False)
    store.passes(minutes=30)

    found = of(store, dry_run=True)

    store.passes(hours=2)
    assert (found.missing, found.repaired) == (plain([left]), 0)
    assert store.sweeps() == {}


def test_checkout_that_arrived_is_left_alone(opened: Opened) -> None:
    """It is recognised by its cart, for Shopify shows no token; told or not makes no difference."""
    store = opened()
    leave(store)
    store.works()
    store.passes(minutes=30)
    waiting = of(store)
    store.passes(hours=1)
    store.sweeps()

    after = of(store)

    assert (waiting.compared, waiting.findings) == (1, 0)
    assert (after.compared, after.findings) == (1, 0)
    assert len(told(store)) == 1


def test_webhook_that_comes_after_all_tells_nothing_again(opened: Opened) -> None:
    """Told under a name of ours; then its buyer comes back, and Shopify says its real token."""
    store = opened()
    left = leave(store, arrives=False)
    store.passes(minutes=30)
    store.reconcile()
    store.passes(minutes=40)
    store.sweeps()
    store.lives("change_basket", left)
    store.works()
    store.passes(hours=2)

    swept = store.sweeps()

    assert swept == {"told before": 1}
    assert len(told(store)) == 1


def test_webhook_that_comes_before_the_hour_is_over_wins(opened: Opened) -> None:
    """Waited for under two names, the state that was changed last is told, and it alone."""
    store = opened()
    left = leave(store, arrives=False)
    store.passes(minutes=30)
    store.reconcile()
    store.lives("change_basket", left)
    store.works()
    store.passes(minutes=40)
    early = store.sweeps()
    store.passes(minutes=30)
    store.sweeps()

    (one,) = told(store)
    assert early == {"left again": 1}
    assert one["activity_params"]["checkout_token"]


def test_lost_change_begins_the_wait_anew(opened: Opened) -> None:
    """Its first webhook came, the second did not: the state that Shopify shows is waited for."""
    store = opened()
    left = leave(store)
    store.works()
    store.passes(minutes=30)
    store.lives("change_basket", left, arrives=False)
    store.passes(minutes=20)

    found = of(store)

    assert (found.missing, found.stale, found.repaired) == ((), plain([left]), 1)
    store.passes(minutes=30)
    early = store.sweeps()
    store.passes(minutes=15)
    store.sweeps()
    (one,) = told(store)
    assert early == {}
    assert one["activity_params"]["checkout_token"]


def test_completed_checkout_that_is_still_waited_for_is_closed(opened: Opened) -> None:
    """None of the purchase's webhooks came: reconciliation ends the wait, and nothing is told."""
    store = opened()
    left = leave(store)
    store.works()
    store.passes(minutes=5)
    store.lives("purchase", left, arrives=False)
    store.passes(minutes=30)

    found = of(store)

    assert (found.stale, found.repaired) == (plain([left]), 1)
    store.passes(hours=2)
    store.sweeps()
    assert told(store) == []


def test_lost_order_ends_the_wait_for_its_buyers_other_checkouts(opened: Opened) -> None:
    """Bought on another device, and nothing of that arrived: the order is found, and closes."""
    store = opened()
    buyer = register(store)
    leave(store, buyer=buyer)
    other = leave(store, buyer=buyer)
    store.works()
    store.passes(minutes=5)
    store.lives("purchase", other, arrives=False)
    store.passes(minutes=30)

    store.reconcile()

    store.passes(hours=2)
    assert store.sweeps() == {"ordered": 1}
    assert told(store) == []


def test_who_ordered_since_is_not_reminded(opened: Opened) -> None:
    """The checkout's webhooks were lost, but the order's came, for another cart."""
    store = opened()
    buyer = register(store)
    leave(store, buyer=buyer, arrives=False)
    store.lives("purchase", leave(store, buyer=buyer))
    store.works()
    store.passes(minutes=30)

    found = of(store)

    assert (found.compared, found.missing, found.repaired) == (2, (), 0)
    store.passes(hours=2)
    store.sweeps()
    assert told(store) == []


def test_switched_off_stays_unsent(opened: Opened) -> None:
    """Left while Cart Abandonment was off; switching it on brings nothing back."""
    off = SETTINGS.model_copy(update={"events": {ABANDONED: False}})
    store = opened(settings=off)
    leave(store, arrives=False)
    store.passes(minutes=5)
    store.repository().save(store.store(), SETTINGS, store.clock.now())
    store.passes(minutes=30)

    found = of(store)

    assert (found.missing, found.disabled, found.unrecoverable) == ((), 1, ())
    store.passes(hours=2)
    store.sweeps()
    assert told(store) == []


def test_too_old_to_be_told_is_counted_with_the_reason(opened: Opened) -> None:
    """A day after it was due Netcore starts no journey for it; what began it is lost as well."""
    store = opened()
    left = leave(store, arrives=False)
    store.passes(hours=26)

    found = of(store)

    (id_,) = plain([left])
    assert found.unrecoverable == (f"abandonment#{id_}", f"started#{id_}")
    assert found.whys == {reasons.TOO_LATE: 1, UNNAMED: 1}
    assert (found.missing, found.repaired) == ((), 0)
    (page,) = [text for key, text in store.written().items() if key.endswith(".html")]
    assert f"since {reasons.TOO_LATE}".encode() in page


def test_lost_beginning_of_a_named_checkout_is_recorded_at_its_time(opened: Opened) -> None:
    """Its address holds its token, so a webhook that came after all would tell nothing again."""
    store = opened()
    left = leave(store, arrives=False, by_cart=False)
    store.passes(minutes=30)
    found = of(store)
    store.lives("change_basket", left)

    (one,) = told(store, STARTED)

    shown = store.shop.get("/_world/checkouts", params={"shop": store.name}).json()
    (began,) = [each["createdAt"] for each in shown if each["id"] == left]
    assert (found.missing, found.unrecoverable) == (plain([left]), ())
    assert one["timestamp"] == began
    assert one["activity_params"]["checkout_token"]


def test_too_old_checkout_with_a_name_has_its_beginning_recorded(opened: Opened) -> None:
    """What can be told is told; the abandonment is counted."""
    store = opened()
    left = leave(store, arrives=False, by_cart=False)
    store.passes(hours=26)

    found = of(store)

    (id_,) = plain([left])
    assert (found.missing, found.repaired) == ((id_,), 1)
    assert found.unrecoverable == (f"abandonment#{id_}",)
    assert (len(told(store, STARTED)), told(store)) == (1, [])


def test_nobody_is_reminded_who_said_nothing_of_themselves(opened: Opened) -> None:
    """Shopify lists a checkout only once its buyer left an address or number."""
    store = opened()
    store.lives("start_checkout", arrives=False)
    store.passes(minutes=30)

    assert of(store).compared == 0


def test_erased_buyer_is_not_reminded(opened: Opened) -> None:
    """Whoever was to be forgotten counts as that, and nothing is waited for."""
    store = opened()
    buyer = register(store)
    leave(store, buyer=buyer, arrives=False)
    erased = Erased(store.cloud.table("receipts"), store.name, store.clock.seconds)
    (id_,) = plain([buyer])
    erased.note([f"id:{id_}"], store.clock.now())
    store.passes(minutes=30)

    found = of(store)

    assert (found.missing, found.erased, found.repaired) == ((), 1, 0)


def test_checkouts_are_read_in_parts_to_the_end(opened: Opened) -> None:
    """Three to a page, and cut by time where there are many: all are found, the oldest first."""
    store = opened(cap=2)
    left = []
    for _ in range(5):
        left.append(leave(store, arrives=False))
        store.passes(minutes=1)
    store.size = 2
    store.passes(minutes=30)

    runs = []
    for _ in range(4):
        runs.append(of(store))
        store.passes(minutes=5)

    assert runs[0].missing == plain(left)
    assert [(len(run.missing), run.repaired, run.left) for run in runs] == [
        (5, 2, 3),
        (3, 2, 1),
        (1, 1, 0),
        (0, 0, 0),
    ]


def test_what_changed_in_the_last_second_is_read_too(opened: Opened) -> None:
    """Shopify's search knows whole seconds; a part of one is not passed over."""
    store = opened()
    left = leave(store, arrives=False)
    shown = store.shop.get("/_world/checkouts", params={"shop": store.name}).json()
    (changed,) = [each["updatedAt"] for each in shown if each["id"] == left]
    half = datetime.fromisoformat(changed) + timedelta(seconds=0.5)
    store.passes(seconds=(half - store.clock.now()).total_seconds())

    found = of(store, settled=timedelta())

    assert (found.until, found.missing) == (half, plain([left]))


def test_repairs_of_checkouts_are_conserved(opened: Opened) -> None:
    """Each command of a repair stands in the ledger with what became of it."""
    store = opened()
    leave(store, arrives=False)
    store.passes(minutes=30)

    store.reconcile()

    made = {
        (place.topic, kind): (tally.made, tally.waiting)
        for place, counts in store.counts().items()
        for kind, tally in commands(counts).items()
        if kind == WatchCheckout.__name__
    }
    assert made == {("reconciliation/checkouts", "WatchCheckout"): (1, 0)}
