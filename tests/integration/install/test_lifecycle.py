"""A store is left, granted less, and installed again: what is old stops, what is new stays."""

import json
from base64 import b64decode
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from functions.webhooks.app.scopes_update import handler as scopes_update
from functions.webhooks.app.uninstalled import handler as uninstalled
from shopbridge import message, reasons
from shopbridge.commands import LIFECYCLE, NoteScopes, RefreshProduct, Uninstall
from shopbridge.entry.gate import closed
from shopbridge.lifecycle.delivery import Services, deliver
from shopbridge.message import Head
from shopbridge.outcome import Outcome
from shopbridge.station.station import Station
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.tokens import TokenRow
from shopbridge.times import parse
from shopbridge.work import Ended, Item
from tests.integration.install.merchant import Merchant
from tests.integration.pipeline.system import System


def item(command: Any, at: datetime, store: str = "x") -> Item[Any]:
    """Wrap a command as the worker's shell does."""
    head = Head(store, "app/uninstalled", "e-1", "0" * 16, at, at)
    return Item(head, 0, command, "m1", 1)


def services(merchant: Merchant) -> Services:
    """Build what the lifecycle worker works with."""
    table = merchant.cloud.table("stores")
    station = Station(
        stores=partial(StoreRepository, table),
        outcomes=None,  # type: ignore[arg-type]  # nothing is recorded below the worker's shell
        s3=merchant.cloud.s3,
        bucket="kept",
        sqs=merchant.cloud.sqs,
        now=merchant.clock.now,
    )
    return Services(station, partial(TokenRow, table), merchant.resumed.append, _woken)


def _woken(store: str, id_: str) -> bool:
    """No historic sync waits here."""
    return False


def work(merchant: Merchant, *items: Item[Any]) -> list[Any]:
    """Let the lifecycle worker carry out commands."""
    return list(deliver(merchant.store(), items, services(merchant)))


def test_store_that_leaves_leaves_no_secret(merchant: Merchant) -> None:
    """Status, moment, and nothing that opens Shopify or Netcore; settings stay."""
    merchant.install()
    merchant.clock.sleep(60)
    at = merchant.clock.now()

    results = work(merchant, item(Uninstall(), at))

    store = merchant.store()
    assert results == [Ended("delivered")]
    assert (store.status, store.uninstalled_at) == ("uninstalled", at)
    assert (store.sealed_access_token, store.sealed_refresh_token) == (None, None)
    assert store.sealed_netcore_key is None
    assert store.token_expires_at is None


def test_old_goodbye_does_not_undo_a_new_install(merchant: Merchant) -> None:
    """It was sent before the merchant granted access: late, repeated or replayed."""
    merchant.install()
    left_at = merchant.clock.now() - timedelta(seconds=1)

    assert closed(item(Uninstall(), left_at), merchant.store()) == Ended(
        "superseded", reasons.BEFORE_INSTALL
    )


def test_goodbye_that_a_new_grant_overtook_does_nothing(merchant: Merchant) -> None:
    """The merchant removed the app and installed it again before the first was delivered."""
    merchant.install()
    left_at = merchant.clock.now() + timedelta(seconds=30)
    merchant.clock.sleep(60)
    merchant.install()

    results = work(merchant, item(Uninstall(), left_at))

    assert results == [Ended("superseded", reasons.BEFORE_INSTALL)]
    assert merchant.tokens().current(merchant.store()) == merchant.token()


def test_second_goodbye_changes_nothing(merchant: Merchant) -> None:
    """The store left already: its row stays as it is."""
    merchant.install()
    merchant.clock.sleep(60)
    before = merchant.store()
    work(merchant, item(Uninstall(), merchant.clock.now()))
    left = merchant.store()

    results = list(deliver(before, [item(Uninstall(), merchant.clock.now())], services(merchant)))

    assert results == [Ended("superseded", reasons.STORE_UNKNOWN)]
    assert merchant.store() == left


def test_newest_scopes_stand(merchant: Merchant) -> None:
    """Whatever order they come in."""
    merchant.install()
    at = merchant.clock.now()
    newer, older = at + timedelta(seconds=20), at + timedelta(seconds=10)

    results = work(
        merchant,
        item(NoteScopes("read_orders", newer), newer),
        item(NoteScopes("read_orders,read_locations", older), older),
    )

    assert results == [Ended("delivered"), Ended("superseded")]
    assert merchant.store().scopes == frozenset({"read_orders"})


def test_scopes_of_before_the_grant_are_old(merchant: Merchant) -> None:
    """What the grant itself said is newer."""
    merchant.install()
    at = merchant.clock.now() - timedelta(seconds=10)

    results = work(merchant, item(NoteScopes("", at), at))

    assert results == [Ended("superseded")]


def test_granting_what_the_catalogue_lacked_sends_its_work_on(merchant: Merchant) -> None:
    """It was parked for that scope."""
    merchant.install()
    merchant.resumed.clear()
    at = merchant.clock.now() + timedelta(seconds=10)

    work(merchant, item(NoteScopes("read_locations,read_products", at), at))

    assert merchant.resumed == [merchant.name]


@pytest.mark.parametrize(
    ("scopes", "outcome", "reason"),
    [
        (None, "parked", reasons.NOT_ENABLED),
        (("read_locations",), "parked", reasons.NOT_ENABLED),
        ((), "parked", reasons.SCOPE_MISSING),
    ],
)
def test_withdrawn_scope_stops_the_catalogue(
    merchant: Merchant, scopes: tuple[str, ...] | None, outcome: Outcome, reason: str
) -> None:
    """Its work is parked with what is to be done; without word on scopes it is tried."""
    store = merchant.repository().install(merchant.clock.now())
    if scopes is not None:
        row = TokenRow(merchant.cloud.table("stores"), merchant.name)
        row.granted(store, frozenset(scopes), merchant.clock.now())
    settings = store.settings.model_copy(update={"product_catalogue": True})
    store = merchant.repository().save(merchant.store(), settings, merchant.clock.now())

    end = closed(item(RefreshProduct("1"), merchant.clock.now()), store)

    assert end == Ended(outcome, reason)


def test_uninstall_during_a_batch_stops_its_work(merchant: Merchant) -> None:
    """The worker that read the row before gets no token; the next one drops the work."""
    merchant.install()
    store = merchant.store()
    merchant.clock.sleep(60 * 56)
    work(merchant, item(Uninstall(), merchant.clock.now()))
    merchant.called.clear()

    assert closed(item(RefreshProduct("1"), merchant.clock.now()), merchant.store()) == Ended(
        "superseded", reasons.STORE_UNKNOWN
    )
    assert merchant.tokens().row(merchant.name).lease(store, merchant.clock.now()) is None
    assert merchant.called == []


# From the webhook to the row.


def event(delivery: dict[str, Any]) -> dict[str, Any]:
    """Wrap a delivery of the simulator as API Gateway does."""
    return {
        "headers": {name.lower(): value for name, value in delivery["headers"].items()},
        "body": b64decode(delivery["body"]).decode(),
    }


@pytest.fixture
def shop(merchant: Merchant) -> System:
    """The pipeline of the merchant's store."""
    system = System(merchant.cloud, status=None)
    system.name, system.clock, system.secrets = merchant.name, merchant.clock, merchant.secrets
    return system


def carry_out(merchant: Merchant) -> None:
    """Let the worker carry out what the topic's function published."""
    for text in merchant.cloud.take("archive", merchant.name):
        head = message.read_head(text)
        for command in head.commands:
            assert isinstance(command, LIFECYCLE)
            deliver(merchant.store(), [Item(head, 0, command, "m1", 1)], services(merchant))


def test_removing_the_app_reaches_the_row(merchant: Merchant, shop: System) -> None:
    """Shopify's own webhook, through the function and the worker."""
    merchant.install()
    merchant.clock.sleep(60)
    (delivery,) = merchant.act(do="uninstall")

    answer = shop.function(handler=uninstalled)(event(delivery), None)
    carry_out(merchant)

    assert answer == {"statusCode": 200, "body": "OK"}
    assert merchant.store().status == "uninstalled"


def test_withdrawing_a_scope_reaches_the_row(merchant: Merchant, shop: System) -> None:
    """Shopify's own webhook, through the function and the worker."""
    merchant.install()
    merchant.clock.sleep(60)
    (delivery,) = merchant.act(do="grant", scopes=["read_orders"])

    shop.function(handler=scopes_update)(event(delivery), None)
    carry_out(merchant)

    assert merchant.store().scopes == frozenset({"read_orders"})
    assert merchant.store().scopes_at == parse(
        json.loads(b64decode(delivery["body"]))["updated_at"]
    )
