"""What live events missed is found and mended, and nothing else is sent."""

from datetime import datetime, timedelta

from shopbridge import times
from shopbridge.commands import RefreshContact
from shopbridge.ledger.report import commands
from shopbridge.privacy.erased import Erased
from shopbridge.privacy.names import of_command
from shopbridge.reconciliation.report import Report, StreamReport
from shopbridge.stores.settings import Subscriptions
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import SETTINGS, Missed, plain


def of(report: Report, stream: str) -> StreamReport:
    """Return what a report says of one stream."""
    (found,) = [one for one in report.streams if one.stream == stream]
    return found


def register(store: Missed, *, arrives: bool = True) -> str:
    """Let somebody register; return the customer's gid."""
    return next(gid for gid in store.lives("register", arrives=arrives) if "/Customer/" in gid)


def buy(store: Missed, *, arrives: bool = True) -> str:
    """Let a new customer buy something; return the order's gid."""
    buyer = register(store)
    begun = store.lives("start_checkout", customer=buyer)
    checkout = next(gid for gid in begun if "Checkout" in gid)
    return next(
        gid for gid in store.lives("purchase", checkout, arrives=arrives) if "/Order/" in gid
    )


def activities(store: Missed, order: str) -> list[str]:
    """Name what Netcore was told of an order, in the order in which it was."""
    (id_,) = plain([order])
    told = store.activities()
    return [one["activity_name"] for one in told if one["activity_params"].get("orderid") == id_]


def test_customer_whose_webhook_was_lost_is_found_and_sent(opened: Opened) -> None:
    """One of two registrations never arrived: it alone is missing, and is at Netcore afterwards."""
    store = opened()
    came = register(store)
    store.works()
    lost = register(store, arrives=False)
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert (customers.missing, customers.stale, customers.consent) == (plain([lost]), (), ())
    assert (customers.compared, customers.repaired, customers.left) == (2, 1, 0)
    assert store.contacts_sent() == [*plain([came, lost])]
    assert [one["activity_name"] for one in store.activities()] == ["Customer Registration"] * 2


def test_what_happens_in_the_second_of_the_install_is_looked_at(opened: Opened) -> None:
    """Shopify dates by whole seconds: half a second after the install looks like before it."""
    store = opened()
    install = store.clock.now().replace(microsecond=400_000)
    store.cloud.table("stores").update_item(
        Key={"store": store.name},
        UpdateExpression="SET installed_at = :at",
        ExpressionAttributeValues={":at": times.text(install)},
    )
    lost = register(store, arrives=False)
    at = f"{install:%Y-%m-%dT%H:%M:%SZ}"
    fields = {"createdAt": at, "updatedAt": at}
    store.shop.post("/_world", json={"set": {"id": lost, "fields": fields}})
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert customers.missing == (*plain([lost]),)
    assert store.contacts_sent() == [*plain([lost])]
    assert [one["activity_name"] for one in store.activities()] == ["Customer Registration"]


def test_second_run_finds_and_sends_nothing(opened: Opened) -> None:
    """Though it looks an hour back, at what the first has mended."""
    store = opened()
    register(store, arrives=False)
    buy(store, arrives=False)
    store.passes(hours=1)
    first = store.reconcile()
    sent, told = store.contacts_sent(), store.activities()
    store.passes(minutes=5)

    second = store.reconcile()

    assert [one.findings > 0 for one in first.streams] == [True, True, True, False]
    assert [one.findings for one in second.streams] == [0, 0, 0, 0]
    assert (store.contacts_sent(), store.activities()) == (sent, told)


def test_dry_run_writes_nothing_but_its_report(opened: Opened) -> None:
    """The same is found; no command, no mark, no row is made, and Shopify is only asked."""
    store = opened()
    lost = register(store, arrives=False)
    store.passes(hours=1)
    before = store.cloud.table("runs").scan()["Items"], store.counts()

    report = store.reconcile(dry_run=True)

    assert of(report, "customers").missing == plain([lost])
    assert of(report, "customers").repaired == 0
    assert (store.cloud.table("runs").scan()["Items"], store.counts()) == before
    assert (store.contacts_sent(), store.noted) == ([], [])
    assert store.shop.get("/_received").json()["mutations"] == []
    key = f"reconciliation/{store.name}/2026-11-23/reconciliation-20261123T130000Z"
    assert sorted(store.written()) == [f"{key}.html", f"{key}.json"]


def test_changed_customer_is_stale(opened: Opened) -> None:
    """The contact is there, but its attributes are those of before."""
    store = opened()
    someone = register(store)
    store.works()
    store.lives("add_tag", someone, arrives=False)
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert (customers.missing, customers.stale) == ((), plain([someone]))
    assert store.contacts_sent() == [*plain([someone] * 2)]


def test_lost_unsubscribe_is_carried_over(opened: Opened) -> None:
    """Consent differs; afterwards the contact is blacklisted, and nothing differs any more."""
    store = opened()
    someone = register(store)
    store.lives("newsletter_signup", someone)
    store.works()
    store.lives("unsubscribe_in_mail", someone, arrives=False)
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    (id_,) = plain([someone])
    assert (customers.consent, customers.stale) == ((id_,), ())
    assert store.held(id_)["blacklisted"] is True
    assert of(store.reconcile(), "customers").findings == 0


def test_unsubscribe_while_the_channel_was_off_stays_unsent(opened: Opened) -> None:
    """Switched on again, neither the row nor Netcore learns of it."""
    store = opened(
        settings=SETTINGS.model_copy(update={"subscriptions": Subscriptions(email=False)})
    )
    someone = register(store)
    store.works()
    store.lives("unsubscribe_in_mail", someone, arrives=False)
    store.passes(minutes=1)
    store.repository().save(store.store(), SETTINGS, store.clock.now())
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    (id_,) = plain([someone])
    assert customers.consent == ()
    assert store.held(id_)["blacklisted"] is False


def test_orders_are_missing_by_what_happens_once_and_stale_by_their_state(opened: Opened) -> None:
    """A lost purchase is told at its own time; a lost cancellation with the state it left."""
    store = opened()
    came, lost = buy(store), buy(store, arrives=False)
    store.works()
    told = activities(store, came)
    store.lives("cancel", came, arrives=False)
    store.passes(hours=1)

    orders = of(store.reconcile(), "orders")

    assert sorted(orders.missing) == sorted(plain([came, lost]))
    assert activities(store, lost) == ["Product Purchase"]
    assert sorted(activities(store, came)[len(told) :]) == ["Order Cancelled", "Order Updates"]
    (purchase,) = [
        one
        for one in store.activities()
        if one["activity_params"].get("orderid") == plain([lost])[0]
    ]
    assert datetime.fromisoformat(purchase["timestamp"]) == store.at(lost)


def test_order_that_changed_unseen_is_stale(opened: Opened) -> None:
    """Its purchase is known, its present state is not; what lay between, nobody can tell."""
    store = opened()
    order = buy(store)
    store.works()
    told = activities(store, order)
    store.lives("note", order, arrives=False)
    store.lives("note", order, arrives=False)
    store.passes(hours=1)

    orders = of(store.reconcile(), "orders")

    assert (orders.missing, orders.stale) == ((), plain([order]))
    assert activities(store, order) == [*told, "Order Updates"]


def test_lost_shipment_is_counted_as_unrecoverable(opened: Opened) -> None:
    """Its order is mended; the shipment's own activity cannot be made up."""
    store = opened()
    came, lost = buy(store), buy(store)
    store.lives("fulfil", came)
    store.works()
    store.lives("fulfil", lost, arrives=False)
    store.passes(hours=1)

    orders = of(store.reconcile(), "orders")

    assert [name.partition("#")[0] for name in orders.unrecoverable] == ["fulfillment"]
    assert orders.missing == plain([lost])
    assert "Order Fulfilled" in activities(store, lost)
    assert "Fulfillment Update" not in activities(store, lost)


def test_event_that_was_switched_off_stays_unsent(opened: Opened) -> None:
    """Orders of a time without Product Purchase are counted, never sent."""
    off = SETTINGS.model_copy(update={"events": {"Product Purchase": False}})
    store = opened(settings=off)
    order = buy(store, arrives=False)
    store.passes(minutes=1)
    store.repository().save(store.store(), SETTINGS, store.clock.now())
    store.passes(hours=1)

    orders = of(store.reconcile(), "orders")

    assert (orders.missing, orders.stale, orders.disabled) == ((), (), 1)
    assert activities(store, order) == []


def test_products_are_brought_up_to_date(opened: Opened) -> None:
    """One is new, one has changed, one is gone: the feed shows what Shopify has."""
    store = opened()
    product = "Product"
    new, changed, gone = (made(store, product) for _ in range(3))
    store.works()
    store.lives("update_product", changed, arrives=False)
    store.lives("delete_product", gone, arrives=False)
    lost = made(store, product, arrives=False)
    store.passes(hours=1)

    products = of(store.reconcile(), "products")

    assert (products.missing, products.stale) == (plain([lost]), plain([changed]))
    assert products.extra == plain([gone])
    shown = {key.partition("#")[0] for key in store.catalogue()}
    assert shown == {*plain([new, changed, lost])}
    assert of(store.reconcile(), "products").findings == 0


def made(store: Missed, kind: str, *, arrives: bool = True) -> str:
    """Let the merchant make a product; return its gid."""
    return next(gid for gid in store.lives("create_product", arrives=arrives) if f"/{kind}/" in gid)


def test_product_that_changed_while_the_catalogue_was_off_stays_as_it_is(opened: Opened) -> None:
    """It is counted as switched off."""
    store = opened(settings=SETTINGS.model_copy(update={"product_catalogue": False}))
    made(store, "Product", arrives=False)
    store.passes(minutes=1)
    store.repository().save(store.store(), SETTINGS, store.clock.now())
    store.passes(hours=1)

    products = of(store.reconcile(), "products")

    assert (products.missing, products.disabled, products.repaired) == ((), 1, 0)
    assert store.catalogue() == {}


def test_cap_leaves_the_rest_for_the_next_run(opened: Opened) -> None:
    """Three are lost, and two commands mend one of them: the oldest; the report says the rest."""
    store = opened(cap=2)
    lost = []
    for _ in range(3):
        lost.append(register(store, arrives=False))
        store.passes(minutes=1)
    store.passes(hours=1)

    runs = []
    for _ in range(4):
        runs.append(of(store.reconcile(), "customers"))
        store.passes(minutes=20)

    assert [(len(run.missing), run.repaired, run.left) for run in runs] == [
        (3, 1, 2),
        (2, 1, 1),
        (1, 1, 0),
        (0, 0, 0),
    ]
    assert store.contacts_sent() == [*plain(lost)]


def test_outage_is_filled_and_nothing_beside_it(opened: Opened) -> None:
    """The report names the span in which nothing arrived; what came before and after is left."""
    store = opened()
    before = register(store)
    store.works()
    store.passes(minutes=10)
    lost = []
    for _ in range(3):
        lost.append(register(store, arrives=False))
        store.passes(minutes=10)
    after = register(store)
    store.works()
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert customers.gap is not None
    assert (customers.gap.since, customers.gap.until) == (store.at(lost[0]), store.at(lost[-1]))
    assert (customers.gap.changed, customers.gap.wrong, customers.gap.is_whole) == (3, 3, True)
    assert store.contacts_sent() == [*plain([before, after, *lost])]
    (page,) = [text for key, text in store.written().items() if key.endswith(".html")]
    assert b"3 of 3 that changed then, so nothing arrived" in page


def test_what_may_still_be_on_its_way_is_not_missing(opened: Opened) -> None:
    """A change of a minute ago is left to its webhook; the next run looks at it."""
    store = opened()
    lost = register(store, arrives=False)
    store.passes(minutes=1)
    soon = store.reconcile()
    store.passes(hours=1)

    later = store.reconcile()

    assert soon.findings == 0
    assert of(later, "customers").missing == plain([lost])


def test_erased_customer_is_not_brought_back(opened: Opened) -> None:
    """Whoever was to be forgotten counts as that, and nothing is sent."""
    store = opened()
    someone = register(store, arrives=False)
    (id_,) = plain([someone])
    erased = Erased(store.cloud.table("receipts"), store.name, store.clock.seconds)
    erased.note(of_command(RefreshContact(id_), ""), store.clock.now())
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert (customers.missing, customers.erased, customers.repaired) == ((), 1, 0)
    assert store.contacts_sent() == []


def test_what_is_parked_waits_for_somebody(opened: Opened) -> None:
    """Netcore refuses the contact: it is known to wait, so it is not sent again every day."""
    store = opened()
    someone = register(store)
    store.fault(do="status", status=400, match={"contains": plain([someone])[0], "times": None})
    store.works()
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert (customers.missing, customers.parked, customers.repaired) == ((), 1, 0)


def test_paused_store_is_left_alone(opened: Opened) -> None:
    """Its work waits by itself: data is not compared, no mark moves."""
    store = opened()
    lost = register(store, arrives=False)
    store.repository().set_status(store.store(), "paused")
    store.passes(hours=1)
    paused = store.reconcile()
    store.repository().set_status(store.store(), "enabled")

    report = store.reconcile()

    assert (paused.held, paused.streams) == ("paused", ())
    assert of(report, "customers").missing == plain([lost])


def test_marks_of_an_earlier_install_are_forgotten(opened: Opened) -> None:
    """A new install begins where it begins: what was before it is its history."""
    store = opened()
    register(store, arrives=False)
    store.passes(hours=1)
    store.reconcile()
    store.passes(hours=1)
    store.repository().install(store.clock.now())
    store.repository().set_status(store.store(), "enabled")
    lost = register(store, arrives=False)
    store.passes(hours=1)

    customers = of(store.reconcile(), "customers")

    assert (customers.compared, customers.missing) == (1, plain([lost]))


def test_since_looks_back_further_than_the_mark(opened: Opened) -> None:
    """What was compared long ago is compared once more."""
    store = opened()
    register(store)
    store.works()
    store.passes(hours=3)
    store.reconcile()
    store.passes(hours=3)

    usual = of(store.reconcile(dry_run=True), "customers")
    back = of(store.reconcile(since=store.clock.now() - timedelta(hours=7)), "customers")

    assert (usual.compared, back.compared, back.findings) == (0, 1, 0)


def test_repairs_are_conserved(opened: Opened) -> None:
    """The ledger's report balances: as many commands were made as ended."""
    store = opened()
    register(store, arrives=False)
    buy(store, arrives=False)
    store.passes(hours=1)

    store.reconcile()

    made = {
        (place.topic, kind): (tally.made, tally.waiting)
        for place, counts in store.counts().items()
        if place.topic.startswith("reconciliation/")
        for kind, tally in commands(counts).items()
    }
    assert made == {
        ("reconciliation/customers", "RecordActivity"): (2, 0),
        ("reconciliation/customers", "RefreshContact"): (2, 0),
        ("reconciliation/orders", "CloseCheckout"): (1, 0),
        ("reconciliation/orders", "RecordActivity"): (1, 0),
        ("reconciliation/products", "RefreshProduct"): (2, 0),
    }
