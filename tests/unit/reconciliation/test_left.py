"""How it stands with a checkout that Shopify shows, by what we know of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from shopbridge import reasons
from shopbridge.abandonment.around import Around, Standing
from shopbridge.commands import CloseCheckout, Identity, RecordActivity, WatchCheckout
from shopbridge.reconciliation.left import Known, Means, Verdict, is_lost, means, verdict
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.shopify.payloads.order import Buyer
from shopbridge.stores.profile import Profile
from tests.unit.translate.given import STORE

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOKEN = "68778783ad298f1c80c3bafcddeea02f"
UNKNOWN = Known(None, is_told=False, is_ordered=False)
OFF = replace(STORE, off={"Cart Abandonment": ((NOON - timedelta(days=2), None),)})


def left(**changes: object) -> Means:
    """Say what a checkout means that a customer left at noon."""
    checkout = {
        "token": TOKEN,
        "currency": "USD",
        "total_price": Decimal(1),
        "customer": Buyer(id=7001),
        "created_at": NOON,
        "updated_at": NOON,
        **changes,
    }
    return means(Checkout(**checkout), STORE, is_named=True)  # type: ignore[arg-type]  # as given


def judge(
    meant: Means, known: Known = UNKNOWN, *, store: Profile = STORE, after: timedelta = HOUR
) -> Verdict:
    """Judge it so long after noon."""
    return verdict(meant, known, store, HOUR, NOON + after)


def stands(minutes: int = 0, *, ended: str = "", waits: bool = True) -> Known:
    """A webhook of the checkout came, of its state so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return Known(Standing(TOKEN, at, ended, waits), is_told=False, is_ordered=False)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (UNKNOWN, "missing"),
        (stands(), "same"),
        (stands(minutes=-1), "stale"),
        (stands(minutes=-1, ended="told", waits=False), "same"),
        (stands(minutes=-1, ended="closed", waits=False), "same"),
        (stands(minutes=-1, waits=False), "stale"),
        (UNKNOWN._replace(is_told=True), "same"),
        (UNKNOWN._replace(is_ordered=True), "same"),
    ],
    ids=[
        "nothing came",
        "waited for",
        "changed since",
        "told",
        "closed",
        "ordered before it changed",
        "receipt",
        "ordered",
    ],
)
def test_open_checkout_by_what_is_known(known: Known, state: str) -> None:
    """Only of what never came, or changed since, there is anything to do."""
    assert judge(left(), known) == Verdict(state)  # type: ignore[arg-type]  # from the table


@pytest.mark.parametrize(
    ("known", "state"),
    [(UNKNOWN, "same"), (stands(), "stale"), (stands(ended="told", waits=False), "same")],
    ids=["nothing came", "waited for", "told"],
)
def test_completed_checkout_is_closed_where_it_is_waited_for(known: Known, state: str) -> None:
    """Of all others nothing is waited for."""
    meant = left(completed_at=NOON)

    assert meant.close == CloseCheckout(token=TOKEN, at=NOON)
    assert judge(meant, known).state == state


def test_checkout_of_nobody_is_unidentified() -> None:
    """Shopify shows no customer: nobody can be reminded."""
    assert judge(left(customer=None)) == Verdict("unidentified")


def test_checkout_left_while_switched_off_stays_unsent() -> None:
    """Even where it is too old by now."""
    assert judge(left(), store=OFF) == Verdict("disabled")
    assert judge(left(), store=OFF, after=timedelta(days=3)) == Verdict("disabled")


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(hours=25), Verdict("missing")),
        (timedelta(hours=25, seconds=1), Verdict("unrecoverable", reasons.TOO_LATE)),
    ],
    ids=["a day after it was due", "a second later"],
)
def test_a_day_after_it_was_due_it_is_too_late(after: timedelta, said: Verdict) -> None:
    """Netcore starts no journey for what is older."""
    assert judge(left(), after=after) == said


def test_made_up_token_is_not_told_anybody() -> None:
    """It names the checkout here; among the parameters it would name nothing."""
    checkout = Checkout("42", "USD", Decimal(1), customer=Buyer(id=7001), updated_at=NOON)

    named = means(checkout, STORE, is_named=True).watch
    unnamed = means(checkout, STORE, is_named=False).watch

    assert named
    assert unnamed
    assert named.activity.params["checkout_token"] == "42"
    assert "checkout_token" not in unnamed.activity.params
    assert unnamed.activity.resource == "checkout#42"


def test_beginning_is_lost_only_where_nothing_stands_for_it() -> None:
    """While Cart Abandonment is off nothing stands for any checkout, which proves nothing."""
    before = STORE.installed_at - HOUR

    assert is_lost(left(), None, STORE)
    assert not is_lost(left(), Standing(TOKEN, NOON), STORE)
    assert not is_lost(left(), None, OFF)
    assert not is_lost(left(created_at=before), None, STORE)


def test_cart_is_over_once_ordered_and_a_buyer_until_the_next_visit() -> None:
    """An order of the buyer ends what was left before it; of the cart, for good."""
    buyer = Around({"email#1": NOON}, {}, {}, frozenset())
    cart = Around({"cart#1": NOON}, {}, {}, frozenset())

    assert [buyer.is_ordered(at) for at in (NOON, NOON + HOUR)] == [True, False]
    assert cart.is_ordered(NOON + HOUR)


def test_what_was_meant_names_its_kind() -> None:
    """An open checkout begins and is waited for; a completed one only ends."""
    meant = left()

    assert isinstance(meant.started, RecordActivity)
    assert isinstance(meant.watch, WatchCheckout)
    assert meant.watch.activity.identity == Identity(customer_id="7001")
    assert left(completed_at=NOON)[1:] == (None, None)
