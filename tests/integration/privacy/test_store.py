"""shop/redact: a store is forgotten as it was left, and never what came after."""

from datetime import timedelta

import pytest

from shopbridge import reasons
from shopbridge.commands import EraseStore
from shopbridge.consents.counters import ConsentCounters
from shopbridge.ledger.rows import summary
from shopbridge.privacy.erasing import GOES_ON
from shopbridge.privacy.left import InstalledAgain
from shopbridge.receipts.effects import shard_of
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store
from shopbridge.tallies import Change
from shopbridge.to_shopify.secrets import key as secrets_key
from shopbridge.work import Ended
from tests.integration.account import NOW, STORE, Account
from tests.integration.privacy.forgetting import (
    CANARY,
    MINUTE,
    OTHER,
    Forgetting,
    item,
    keep,
    known,
    plant,
    slice_of,
)

DAY = timedelta(days=1)
FORGOTTEN = Ended("delivered", reasons.NOT_AT_NETCORE)
NEWER = Ended("superseded", reasons.INSTALLED_AGAIN)


def left(forgetting: Forgetting) -> Store:
    """Install the store and remove the app from it."""
    store = forgetting.office.install()
    return forgetting.account.repository(STORE).uninstall(store, NOW)


def receipt(account: Account, effect: str = "site/Product Purchase/order#1001/") -> None:
    """Let an activity have been sent."""
    account.receipts.put_item(Item={"store_shard": shard_of(STORE, effect), "effect": effect})


def test_a_store_that_left_is_forgotten(forgetting: Forgetting) -> None:
    """What stays is its name, its epoch and when it left; another store keeps everything."""
    left(forgetting)
    plant(forgetting.account, STORE)
    plant(forgetting.account, OTHER)

    done = forgetting.store(STORE, NOW + MINUTE)

    assert done == FORGOTTEN
    after = forgetting.account.repository(STORE).get()
    assert after
    assert (after.epoch, after.status, after.uninstalled_at) == (1, "uninstalled", NOW)
    assert (after.settings, after.shop) == (Settings(), {})
    dumped = forgetting.dumped()
    assert dumped.count(CANARY) == 7
    assert dumped.count(STORE) == 2  # its row: key and profile


def test_what_rows_lead_to_in_the_ledger_goes_with_them(forgetting: Forgetting) -> None:
    """There is no index by store: what was sent, kept or named says what its rows are about."""
    account = forgetting.account
    left(forgetting)
    receipt(account)
    account.contacts.put_item(Item={"store_shard": shard_of(STORE, "7001"), "customer": "7001"})
    account.checkouts.put_item(Item={"store_shard": f"{STORE}#1", "row": "checkout#t"})
    account.catalogue.put_item(Item={"store": STORE, "variant": "11"})
    account.ledger.put_item(Item={"delivery": f"order-name#{STORE}", "row": "#2", "order": "1002"})
    resources = ("order#1001", "customer#7001", "checkout#t", "product#11", "order#1002", "shop")
    for resource in (*resources, "app", "data_request"):
        known(account, STORE, f"e-{resource}", resource)
    slice_of(account, STORE, "7001")
    known(account, STORE, "e-open", "order#9", open=STORE, open_at="parked#2026")

    forgetting.store(STORE, NOW + MINUTE)

    assert account.ledger.scan()["Items"] == []


def test_checkouts_go_with_the_secret_that_seals_them(forgetting: Forgetting) -> None:
    """What a backup still holds of them is unreadable; another store's can be read."""
    left(forgetting)
    table = forgetting.account.checkouts
    for store in (STORE, OTHER):
        table.put_item(Item={"store_shard": f"{store}#3", "row": "checkout#t"})
        table.put_item(Item={"store_shard": f"{store}#7", "row": "email#1"})
        table.put_item(Item={"store_shard": f"{store}#secret", "row": "secret"})

    forgetting.store(STORE, NOW)

    assert {row["store_shard"].partition("#")[0] for row in table.scan()["Items"]} == {OTHER}
    assert len(table.scan()["Items"]) == 3


def test_a_store_that_was_never_installed_is_forgotten_too(forgetting: Forgetting) -> None:
    """Its deliveries were parked: no row leads to them but their own."""
    keep(forgetting.account, OTHER, "e-1", {"email": CANARY})

    done = forgetting.store(OTHER, NOW - MINUTE)

    assert done == FORGOTTEN
    assert CANARY not in forgetting.dumped()
    assert forgetting.account.stores.scan()["Items"] == []


def test_a_store_whose_uninstall_never_came_is_forgotten(forgetting: Forgetting) -> None:
    """Installed a month ago and never again: Shopify says that it left, its keys go too."""
    forgetting.office.install()
    plant(forgetting.account, STORE)

    done = forgetting.store(STORE)

    assert done == FORGOTTEN
    after = forgetting.account.repository(STORE).get()
    assert after
    assert (after.status, after.sealed_netcore_key, after.uninstalled_at) == (
        "uninstalled",
        None,
        NOW,
    )
    assert CANARY not in forgetting.dumped()


@pytest.mark.parametrize(
    ("installed", "triggered", "done"),
    [
        (-30 * DAY, timedelta(0), FORGOTTEN),
        (-3 * DAY, timedelta(0), FORGOTTEN),
        (-2 * DAY, timedelta(0), NEWER),
        (-2 * DAY + MINUTE, timedelta(0), NEWER),
        (-MINUTE, timedelta(0), NEWER),
        (-30 * DAY, -40 * DAY, NEWER),
    ],
    ids=["a month", "three days", "two days", "after leaving", "just now", "a late request"],
)
def test_a_newer_install_is_never_forgotten(
    forgetting: Forgetting, installed: timedelta, triggered: timedelta, done: Ended
) -> None:
    """Shopify asks 48 hours after the leaving: what was granted since then is newer."""
    forgetting.account.repository(STORE).install(NOW + installed)
    plant(forgetting.account, STORE)

    result = forgetting.store(STORE, NOW + triggered)

    assert result == done
    assert (CANARY in forgetting.dumped()) == (done == NEWER)


def test_an_install_meanwhile_keeps_what_is_its_own(forgetting: Forgetting) -> None:
    """The erasure ends there and then; what the new install writes is not touched."""
    account = forgetting.account
    left(forgetting)
    for number in range(150):
        receipt(account, f"site/P/order#{number}/")
    forgetting.passes(1)
    first = forgetting.store(STORE, NOW)
    again = account.repository(STORE).install(NOW + MINUTE)
    before = len(account.receipts.scan()["Items"])
    receipt(account, "site/P/order#new/")
    forgetting.passes(1000)

    second = forgetting.store(STORE, NOW)

    assert (first, second) == (GOES_ON, NEWER)
    assert 0 < before < 150
    assert len(account.receipts.scan()["Items"]) == before + 1
    assert account.repository(STORE).get() == again


def test_rows_go_only_with_a_look_at_the_stores_own(forgetting: Forgetting) -> None:
    """Whoever believes the store to be gone deletes nothing: not even of a row just listed."""
    account = forgetting.account
    believed = left(forgetting)
    receipt(account)
    plant(account, STORE)
    account.repository(STORE).install(NOW + MINUTE)
    erasing = forgetting.erasing()

    for place in erasing.places:
        try:
            for _ in place.erase_store(STORE, erasing.left(believed)):
                pass
        except InstalledAgain:
            continue

    assert len(account.receipts.scan()["Items"]) == 1
    assert forgetting.dumped().count(CANARY) == 7


def test_a_large_store_is_forgotten_in_steps(forgetting: Forgetting) -> None:
    """What is gone is not looked at again, so any number of invocations comes to an end."""
    account = forgetting.account
    left(forgetting)
    for number in range(150):
        receipt(account, f"site/P/order#{number}/")
    for number in range(20):
        known(account, STORE, f"e-{number}", f"order#{number}")

    results = forgetting.finished(lambda: forgetting.store(STORE, NOW), steps=2)

    assert results[-1] == FORGOTTEN
    assert len(results) > 3
    assert account.receipts.scan()["Items"] == []
    assert account.ledger.scan()["Items"] == []


def test_again_is_no_fault(forgetting: Forgetting) -> None:
    """Shopify may ask twice, and a message may come twice."""
    left(forgetting)

    assert forgetting.store(STORE, NOW) == FORGOTTEN
    assert forgetting.store(STORE, NOW + MINUTE) == FORGOTTEN


def test_the_report_adds_up_afterwards(forgetting: Forgetting) -> None:
    """Its own delivery is counted before and after: counters name nobody, and stay."""
    account = forgetting.account
    left(forgetting)
    asked = item(EraseStore(), STORE)
    known(
        account,
        STORE,
        "e-redact",
        "redaction",
        row="shop/redact#0123456789abcdef",
        topic="shop/redact",
        commands=[summary(EraseStore(), None)],
        arrivals=1,
    )
    account.count()

    account.station.outcomes.write(asked, forgetting.store(STORE, NOW), NOW)  # type: ignore[arg-type]  # it ended

    account.count()
    (counted,) = [row for row in account.reader.counters(STORE, "2000") if "shop" in row["row"]]
    assert (counted["made.EraseStore"], counted["delivered.EraseStore"]) == (1, 1)


def test_counts_of_consent_never_fall_below_zero(forgetting: Forgetting) -> None:
    """The contacts' stream takes everybody back: were the counts deleted, it would go below."""
    account, counters = forgetting.account, ConsentCounters(forgetting.account.ledger)
    left(forgetting)
    row = {
        "store_shard": shard_of(STORE, "7001"),
        "customer": "7001",
        "email_wanted": "2026-11-20T09:00:00.000000Z subscribed",
    }
    account.contacts.put_item(Item=row)
    counters.apply("s1", [Change("1", None, row, at=NOW)], NOW)

    forgetting.store(STORE, NOW)

    assert account.contacts.scan()["Items"] == []
    counters.apply("s1", [Change("2", row, None, at=NOW)], NOW)
    (total,) = [one for one in account.reader.consents(STORE, "2000") if one["row"] == "now"]
    assert total["subscribed"] == 0


def test_who_was_forgotten_stays_so(forgetting: Forgetting) -> None:
    """A store that comes back brings nobody back."""
    forgetting.gone(forgetting.office.install())
    store = forgetting.account.repository(STORE).get()
    assert store
    forgetting.account.repository(STORE).uninstall(store, NOW)
    before = forgetting.account.receipts.scan()["Items"]

    forgetting.store(STORE, NOW + MINUTE)

    assert forgetting.account.receipts.scan()["Items"] == before


def test_the_secrets_with_which_netcore_calls_go_too(forgetting: Forgetting) -> None:
    """Nobody can post in the name of a store that was forgotten."""
    left(forgetting)
    forgetting.account.stores.put_item(Item={"store": secrets_key(STORE), "version": 1})

    forgetting.store(STORE, NOW + MINUTE)

    rows = forgetting.account.stores.scan()["Items"]
    assert [row["store"] for row in rows] == [STORE]
