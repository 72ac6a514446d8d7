"""Cart Abandonment: told once when a checkout's time is over, and never after its order."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbridge import reasons
from shopbridge.commands import Identity
from shopbridge.stores.settings import Abandonment, Settings
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.people import Meanwhile
from tests.integration.pipeline.shoppers import CUSTOMER, SOMEBODY_ELSE, Shoppers
from tests.integration.pipeline.system import SETTINGS
from tests.integration.pipeline.watched import Crash, Steps
from tests.unit.translate.given import payload

OVER = 61
"""Minutes: the delay of an hour is over."""

CALLS = 20
"""Calls of a sweep with one checkout due; ten ask the index, four its buyer's and cart's marks."""

ORDERS: dict[str, dict[str, Any]] = {
    "its checkout": {"checkout_token": "token-1"},
    "its cart": {"cart_token": "cart-1"},
    "its customer": {"customer": {"id": CUSTOMER["id"]}},
    "its e-mail, written otherwise": {"email": "CNRY-Ada@Example.com"},
    "its phone, written otherwise": {"phone": "+44 7700 900123"},
}


@pytest.fixture
def shoppers(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shoppers]:
    """An enabled store; whatever was logged must not quote any content."""
    shoppers = Shoppers(cloud)
    yield shoppers
    lines = [repr(vars(record)) for record in caplog.get_records("call")]
    assert "cnry" not in "".join([*lines, *shoppers.lines, capsys.readouterr().out])


def test_a_checkout_that_nobody_completes_is_told_once(shoppers: Shoppers) -> None:
    """An hour after its last change, dated then, with what was in it; later sweeps say nothing."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)

    first, second = shoppers.sweep(), shoppers.sweep()

    [told] = shoppers.told()
    assert (first, second) == ({"told": 1}, {})
    assert (told["identity"], told["timestamp"]) == ("7001", "2026-11-23T13:00:00Z")
    params = told["activity_params"]
    assert (params["checkout_token"], params["total_price"]) == ("token-1", 401.88)
    assert params["abandoned_checkout_url"].endswith("recover?key=example")
    assert [item["sku"] for item in params["items"]] == ["IPOD2008PINK"]


def test_nothing_is_told_before_its_time(shoppers: Shoppers) -> None:
    """A minute early is too early."""
    shoppers.checkout()
    shoppers.pass_minutes(59)

    assert shoppers.sweep() == {}
    assert shoppers.told() == []


def test_the_store_chooses_the_delay(shoppers: Shoppers) -> None:
    """Three hours instead of one."""
    chosen = SETTINGS.model_copy(update={"abandonment": Abandonment(delay_minutes=180)})
    shoppers.repository().save(shoppers.store(), chosen, shoppers.clock.now())
    shoppers.checkout()
    shoppers.pass_minutes(179)
    early = shoppers.sweep()
    shoppers.pass_minutes(3)

    assert (early, shoppers.sweep()) == ({}, {"told": 1})


def test_a_change_begins_the_wait_anew(shoppers: Shoppers) -> None:
    """The hour counts from the last change, and what is told is its state then."""
    shoppers.checkout()
    shoppers.pass_minutes(40)
    shoppers.checkout(total_price="10.00")
    shoppers.pass_minutes(OVER - 40)
    early = shoppers.sweep()
    shoppers.pass_minutes(40)

    shoppers.sweep()

    [told] = shoppers.told()
    assert early == {}
    assert told["timestamp"] == "2026-11-23T13:40:00Z"
    assert told["activity_params"]["total_price"] == 10.0


def test_an_older_state_that_arrives_later_changes_nothing(shoppers: Shoppers) -> None:
    """Shopify delivers in no order; its own time of the change decides."""
    shoppers.checkout(total_price="10.00")
    event = shoppers.checkout(total_price="99.00", updated_at="2026-11-23T11:58:00Z")
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    [told] = shoppers.told()
    assert told["activity_params"]["total_price"] == 10.0
    assert shoppers.outcomes(event) == ["superseded"]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_order_ends_the_wait(shoppers: Shoppers, order: dict[str, Any]) -> None:
    """Whatever of the checkout, its cart or its buyer the order names."""
    shoppers.checkout()
    shoppers.pass_minutes(30)
    shoppers.order(**order)
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert shoppers.told() == []
    assert shoppers.in_ledger() == []


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_checkout_that_arrives_after_its_order_is_not_told(
    shoppers: Shoppers, order: dict[str, Any]
) -> None:
    """The order leaves its mark, whether or not a checkout is known."""
    shoppers.pass_minutes(1)
    shoppers.order(**order)
    shoppers.checkout(updated_at="2026-11-23T12:00:00Z")
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert shoppers.told() == []


def test_a_completed_checkout_ends_the_wait_by_itself(shoppers: Shoppers) -> None:
    """Should the order's own webhook never come."""
    shoppers.checkout()
    shoppers.checkout(completed_at="2026-11-23T12:00:30Z")
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert shoppers.told() == []


def test_what_a_buyer_leaves_after_an_order_is_told(shoppers: Shoppers) -> None:
    """An order ends what its buyer left before, and nothing of the next day."""
    shoppers.order(customer=CUSTOMER)
    shoppers.pass_minutes(10)
    shoppers.checkout()
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert len(shoppers.told()) == 1


def test_an_order_of_somebody_else_changes_nothing(shoppers: Shoppers) -> None:
    """Another buyer, another cart, another checkout."""
    shoppers.checkout()
    shoppers.order(customer=SOMEBODY_ELSE, checkout_token="token-2", cart_token="cart-2")
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert len(shoppers.told()) == 1


def test_who_comes_back_after_ordering_elsewhere_is_waited_for_again(shoppers: Shoppers) -> None:
    """A buyer's other order ends the wait for what they left, not for what they do later."""
    shoppers.checkout()
    shoppers.order(customer=CUSTOMER)
    shoppers.pass_minutes(OVER)
    ended = shoppers.sweep()
    shoppers.checkout()
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert ended == {"ordered": 1}
    assert len(shoppers.told()) == 1


def test_a_change_after_it_was_told_tells_nothing_again(shoppers: Shoppers) -> None:
    """Once per checkout."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    event = shoppers.checkout()
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert len(shoppers.told()) == 1
    assert shoppers.outcomes(event) == ["superseded"]


def test_several_checkouts_of_one_buyer_count_once(shoppers: Shoppers) -> None:
    """Begun on the phone, and again at home: what was left last is told, an hour after it."""
    shoppers.checkout()
    shoppers.pass_minutes(30)
    shoppers.checkout(token="token-2", cart_token="cart-2")
    shoppers.pass_minutes(31)
    first = shoppers.sweep()
    shoppers.pass_minutes(30)

    second = shoppers.sweep()

    [told] = shoppers.told()
    assert (first, second) == ({"left again": 1}, {"told": 1})
    assert told["activity_params"]["checkout_token"] == "token-2"


@pytest.mark.parametrize(
    "who",
    [
        {"customer": None, "email": "CNRY-Ada@example.com"},
        {"customer": None, "phone": "+44 7700 900123"},
    ],
    ids=["e-mail", "phone"],
)
def test_guest_counts_as_the_buyer_that_they_are(shoppers: Shoppers, who: dict[str, Any]) -> None:
    """The second time nobody logged in: one address or number is one buyer."""
    shoppers.checkout()
    shoppers.checkout(token="token-2", cart_token="cart-2", **who)
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert len(shoppers.told()) == 1


def test_what_a_buyer_leaves_the_next_day_is_told_again(shoppers: Shoppers) -> None:
    """Only what is waited for at the same time counts once."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    shoppers.pass_minutes(24 * 60)
    shoppers.checkout(token="token-2", cart_token="cart-2")
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert len(shoppers.told()) == 2


def test_one_cart_is_told_once_whatever_its_checkout_is_called(shoppers: Shoppers) -> None:
    """Told already, under another token: this one is over without a word."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    event = shoppers.checkout(token="token-2")
    shoppers.pass_minutes(OVER)

    swept = shoppers.sweep()

    assert swept == {"told before": 1}
    assert len(shoppers.told()) == 1
    shoppers.checkout(token="token-2")
    assert shoppers.outcomes(event) == ["delivered"]
    assert shoppers.sweep() == {}


def test_who_changes_the_cart_has_not_left_it(shoppers: Shoppers) -> None:
    """Carts carry no buyer: by its token the checkout waits from the cart's last change on."""
    shoppers.checkout()
    shoppers.pass_minutes(40)
    event = shoppers.cart()
    shoppers.pass_minutes(OVER - 40)
    early = shoppers.sweep()
    shoppers.pass_minutes(40)

    swept = shoppers.sweep()

    [told] = shoppers.told()
    assert (early, swept) == ({"shops on": 1}, {"told": 1})
    assert told["timestamp"] == "2026-11-23T13:40:00Z"
    assert shoppers.outcomes(event) == ["delivered"]


@pytest.mark.parametrize(
    "cart",
    [{"token": "cart-2"}, {"updated_at": "2026-11-23T11:59:00Z"}],
    ids=["another cart", "before the checkout"],
)
def test_other_carts_and_older_changes_make_no_difference(
    shoppers: Shoppers, cart: dict[str, Any]
) -> None:
    """Told after its hour."""
    shoppers.checkout()
    shoppers.pass_minutes(40)
    shoppers.cart(**cart)
    shoppers.pass_minutes(OVER - 40)

    assert shoppers.sweep() == {"told": 1}


def test_deleted_checkout_is_not_told(shoppers: Shoppers) -> None:
    """Its body names the cart alone; nobody could go on at its address."""
    shoppers.checkout()
    shoppers.arrive("checkouts/delete", payload("checkouts/delete", cart_token="cart-1"))
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert shoppers.told() == []


def test_cart_of_a_store_without_cart_abandonment_is_not_noted(shoppers: Shoppers) -> None:
    """Its switch is off: nothing would ever be waited for."""
    _switch(shoppers, on=False)
    shoppers.pass_minutes(1)

    event = shoppers.cart()

    assert shoppers.outcomes(event) == ["disabled"]
    assert [row for row in shoppers.rows_at_rest() if "touched_at" in row] == []


STEPS = st.lists(
    st.sampled_from(["create", "update", "other", "order", "completed", "wait", "sweep"]),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, by=st.sampled_from(sorted(ORDERS)))
def test_never_twice_and_never_after_an_order(cloud: Cloud, steps: list[str], by: str) -> None:
    """
    In every order of arrival, with sweeps anywhere between.

    Created at noon, changed a minute later, ordered three minutes later, whenever their
    webhooks arrive: told once at most, and not if an order arrived before the sweep that
    finds it due. Without order and with a last sweep, it is told.
    """
    shoppers, known, told = Shoppers(cloud), False, False
    happened = {"create": "2026-11-23T12:00:00Z", "update": "2026-11-23T12:01:00Z"}
    for step in [*steps, *(["wait"] * 4), "sweep"]:
        match step:
            case "create" | "update":
                shoppers.checkout(f"checkouts/{step}", updated_at=happened[step])
            case "other":
                shoppers.checkout(token="token-2", cart_token="cart-2", customer=SOMEBODY_ELSE)
            case "order":
                shoppers.order(created_at="2026-11-23T12:03:00Z", **ORDERS[by])
                known = True
            case "completed":
                shoppers.checkout(completed_at="2026-11-23T12:03:00Z")
                known = True
            case "wait":
                shoppers.pass_minutes(25)
            case "sweep":
                shoppers.sweep()
                now = any(_is_first(one) for one in shoppers.told())
                assert not (known and now and not told), "told after an order that was known"
                told = now
    tokens = [one["activity_params"]["checkout_token"] for one in shoppers.told()]
    assert len(tokens) == len(set(tokens))
    assert ("token-2" in tokens) == ("other" in steps)
    assert told or known or not {"create", "update"} & set(steps)


def _is_first(told: dict[str, Any]) -> bool:
    return bool(told["activity_params"]["checkout_token"] == "token-1")


def test_missed_sweeps_lose_nothing(shoppers: Shoppers) -> None:
    """Five hours without one: the next finds all that was due, dated when it was."""
    shoppers.checkout()
    shoppers.pass_minutes(45)
    shoppers.checkout(token="token-2", cart_token="cart-2", customer=SOMEBODY_ELSE)
    shoppers.pass_minutes(300)

    shoppers.sweep()

    stamps = [one["timestamp"] for one in shoppers.told()]
    assert sorted(stamps) == ["2026-11-23T13:00:00Z", "2026-11-23T13:45:00Z"]


def test_a_sweep_may_look_ahead(shoppers: Shoppers) -> None:
    """Whoever looks two hours ahead by hand takes nothing from the sweeps to come."""
    shoppers.checkout()
    ahead = shoppers.sweep(until=shoppers.day(hours=2))
    shoppers.checkout(token="token-2", cart_token="cart-2", customer=SOMEBODY_ELSE)
    shoppers.pass_minutes(OVER)

    assert (ahead, shoppers.sweep()) == ({"told": 1}, {"told": 1})


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_a_sweep_that_dies_anywhere_neither_loses_nor_doubles(
    shoppers: Shoppers, at: int, after: bool
) -> None:
    """At each call it makes, before or after it was done; the next minute's sweep goes on."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    killed = Steps(at=at, error=Crash(), after=after)
    with pytest.raises(Crash):
        shoppers.sweep(killed)
    shoppers.pass_minutes(1)

    shoppers.sweep()

    assert len(shoppers.told()) == 1
    assert shoppers.ended() == [("delivered", "")]
    assert shoppers.sweep() == {}


def test_every_call_of_a_sweep_is_struck_above(shoppers: Shoppers) -> None:
    """The range above ends where a sweep does; what comes after the mark asks the index only."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    steps = Steps()

    shoppers.sweep(steps)

    inner = [name for name in steps.made if name != "checkouts.query"]
    assert len(steps.made) == CALLS
    assert inner == [
        "checkouts.get_item",
        "checkouts.update_item",
        "ledger.update_item",
        "sns.publish",
        "ledger.update_item",
        "checkouts.update_item",
    ]


@pytest.mark.parametrize("step", ["ledger.update_item", "sns.publish", "checkouts.update_item"])
def test_two_sweeps_at_once_tell_it_once(shoppers: Shoppers, step: str) -> None:
    """The second comes between any two steps of the first; the ledger's claim is one's alone."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    second = Meanwhile(of=step, do=shoppers.sweep)

    shoppers.sweep(second)

    shoppers.pass_minutes(5)
    shoppers.sweep()
    assert len(shoppers.told()) == 1
    assert shoppers.ended() == [("delivered", "")]


def test_what_changes_between_index_and_row_is_not_told(shoppers: Shoppers) -> None:
    """The index may lag: the row itself, read consistently, has the last word."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    seen = Meanwhile(of="checkouts.get_item", do=shoppers.checkout)

    swept = shoppers.sweep(seen)

    assert swept == {"gone": 1}
    assert shoppers.told() == []


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_order_in_the_second_of_the_sweep_is_seen(
    shoppers: Shoppers, order: dict[str, Any]
) -> None:
    """It comes when the index has shown the checkout; its mark is read after that."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    bought = Meanwhile(of="checkouts.get_item", do=lambda: shoppers.order(**order))

    shoppers.sweep(bought)

    assert shoppers.told() == []


def test_a_failing_service_puts_one_checkout_off(shoppers: Shoppers) -> None:
    """It is looked at again, and told when the service is back."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    down = Steps(at=1, error=RuntimeError("down"), of="sns.publish")

    failed = shoppers.sweep(down)

    shoppers.pass_minutes(12)
    assert (failed, shoppers.sweep()) == ({"put off": 1}, {"told": 1})
    assert len(shoppers.told()) == 1


def test_what_was_due_while_switched_off_stays_unsent(shoppers: Shoppers) -> None:
    """A setting decides when it happens: switching on again brings nothing back."""
    shoppers.checkout()
    _switch(shoppers, on=False)
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    _switch(shoppers, on=True)
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert shoppers.told() == []
    assert shoppers.ended() == [("disabled", reasons.SWITCHED_OFF)]


def _switch(shoppers: Shoppers, *, on: bool) -> None:
    chosen = SETTINGS.model_copy(update={"events": {"Cart Abandonment": on}})
    shoppers.repository().save(shoppers.store(), chosen, shoppers.clock.now())


def test_a_paused_store_holds_and_goes_on(shoppers: Shoppers) -> None:
    """What became due meanwhile is told when the store is enabled again."""
    shoppers.checkout()
    shoppers.repository().set_status(shoppers.store(), "paused")
    shoppers.pass_minutes(OVER)
    paused = shoppers.sweep()
    shoppers.pass_minutes(120)
    shoppers.repository().set_status(shoppers.store(), "enabled")

    shoppers.sweep()

    assert paused == {"held": 1}
    [told] = shoppers.told()
    assert told["timestamp"] == "2026-11-23T13:00:00Z"


def test_an_order_during_the_pause_ends_the_wait(shoppers: Shoppers) -> None:
    """Orders and checkouts are taken down whatever the store's state."""
    shoppers.repository().set_status(shoppers.store(), "paused")
    shoppers.checkout()
    shoppers.order(customer=CUSTOMER)
    shoppers.pass_minutes(OVER)
    shoppers.repository().set_status(shoppers.store(), "enabled")

    shoppers.sweep()

    assert shoppers.told() == []


def test_after_a_day_it_is_no_longer_told(shoppers: Shoppers) -> None:
    """Netcore would start no journey for it; the ledger says so."""
    shoppers.checkout()
    shoppers.repository().set_status(shoppers.store(), "paused")
    shoppers.pass_minutes(OVER + 24 * 60)
    shoppers.repository().set_status(shoppers.store(), "enabled")

    shoppers.sweep()

    assert shoppers.told() == []
    assert shoppers.ended() == [("superseded", reasons.TOO_LATE)]


def test_nothing_of_an_earlier_install_is_told(shoppers: Shoppers) -> None:
    """A checkout belongs to the install that saw it."""
    shoppers.checkout()
    shoppers.reinstall()
    shoppers.pass_minutes(OVER)

    assert shoppers.sweep() == {"dropped": 1}
    assert shoppers.told() == []


def test_nothing_is_told_of_a_store_that_left(shoppers: Shoppers) -> None:
    """Uninstalled before it was due."""
    shoppers.checkout()
    shoppers.repository().uninstall(shoppers.store(), shoppers.clock.now())
    shoppers.pass_minutes(OVER)

    assert shoppers.sweep() == {"dropped": 1}


def test_a_late_webhook_waits_for_an_order_that_may_be_as_late(shoppers: Shoppers) -> None:
    """After an outage of hours a checkout is due at once; its order may be just behind."""
    shoppers.checkout(updated_at="2026-11-23T07:00:00Z")
    shoppers.pass_minutes(10)
    early = shoppers.sweep()
    shoppers.pass_minutes(7)

    assert (early, shoppers.sweep()) == ({}, {"told": 1})


def test_an_old_webhook_that_is_replayed_is_not_watched(shoppers: Shoppers) -> None:
    """Its order's mark may have expired: what was due more than a day ago is over."""
    event = shoppers.checkout(updated_at="2026-11-20T12:00:00Z")
    shoppers.pass_minutes(OVER)

    assert shoppers.sweep() == {}
    assert shoppers.outcomes(event) == ["superseded"]


def test_what_waits_is_unreadable_at_rest(shoppers: Shoppers) -> None:
    """Neither names nor addresses nor numbers lie in the table; rows go within a week."""
    shoppers.checkout()
    shoppers.order(customer=CUSTOMER)

    rows = shoppers.rows_at_rest()

    written = repr(rows)
    assert not any(word in written for word in ("cnry", "7001", "900123", "John", "IPOD"))
    week = (shoppers.day(days=7)).timestamp()
    kept = [row for row in rows if "expires" not in row]
    assert {str(row["row"]) for row in kept} == {"secret"}
    assert max(int(row["expires"]) for row in rows if "expires" in row) == week


@pytest.mark.parametrize(
    "who",
    [
        Identity(customer_id="7001"),
        Identity(email="Cnry-Ada@example.com"),
        Identity(phone="+44 7700 900123"),
    ],
    ids=["customer", "e-mail", "phone"],
)
def test_who_is_erased_is_not_told_of(shoppers: Shoppers, who: Identity) -> None:
    """Found by any one identifier; nothing that leads to the checkout is left of it."""
    shoppers.checkout()
    shoppers.checkout(token="token-2", cart_token="cart-2", customer=SOMEBODY_ELSE)
    secret = shoppers.keyring.of(shoppers.name)

    shoppers.checkouts.erase_person(secret.marks(who, ""))

    left = [str(row["row"]) for row in shoppers.rows_at_rest()]
    assert not [row for row in left if "token-1" in row]
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    [told] = shoppers.told()
    assert told["activity_params"]["checkout_token"] == "token-2"


def test_what_does_not_open_is_dropped(shoppers: Shoppers) -> None:
    """Sealed under a secret that was erased since: there is nothing to tell any more."""
    shoppers.checkout()
    shoppers.table.delete_item(Key={"store_shard": f"{shoppers.name}#secret", "row": "secret"})
    shoppers.pass_minutes(OVER)

    assert shoppers.sweep() == {"dropped": 1}


def test_the_ledger_knows_the_timers_delivery(shoppers: Shoppers) -> None:
    """One delivery of its own, found by its checkout, with one command that ended."""
    shoppers.checkout()
    shoppers.pass_minutes(OVER)
    shoppers.sweep()
    shoppers.told()

    delivery, command = sorted(shoppers.in_ledger(), key=lambda row: len(str(row["row"])))

    assert (delivery["state"], delivery["via"]) == ("published", "timer")
    assert delivery["resource"] == f"{shoppers.name}#checkout#token-1"
    assert delivery["commands"] == ["RecordActivity|Cart Abandonment|"]
    assert str(command["row"]) == f"{delivery['row']}#0"
    assert (command["label"], command["outcome"]) == ("Cart Abandonment", "delivered")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, 8))
def test_a_worker_that_dies_anywhere_is_repeated(shoppers: Shoppers, at: int, after: bool) -> None:
    """At each call it makes; the message comes again and ends the same."""
    event = shoppers.checkout(steps=Steps(at=at, error=Crash(), after=after))
    died = len(shoppers.timers.messages)
    shoppers.try_again()
    shoppers.pass_minutes(OVER)

    shoppers.sweep()

    assert died == 1
    assert len(shoppers.told()) == 1
    assert shoppers.outcomes(event) == ["delivered"]


def test_delay_has_bounds() -> None:
    """A quarter of an hour at least, three days at most."""
    assert Settings().abandonment.delay_minutes == 60
    for minutes in (14, 4321):
        with pytest.raises(ValueError, match="delay_minutes"):
            Settings.model_validate({"abandonment": {"delay_minutes": minutes}})
