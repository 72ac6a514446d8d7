"""What the merchant calls the store is taken over, newest first."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import msgspec

from shopbridge.commands import Lifecycle, NoteBulkOperation, UpdateShop
from shopbridge.lifecycle.delivery import Services, deliver
from shopbridge.stores.tokens import TokenRow
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.messages import HEAD

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
OLD = UpdateShop("Beans", "beans.example", "EUR", "Europe/Berlin", AT)
NEW = msgspec.structs.replace(
    OLD, name="Bean Co", updated_at=datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
)


def item(command: Lifecycle) -> Item[Lifecycle]:
    """Wrap a command as the worker's shell does."""
    return Item(HEAD, 0, command, "m1", 1)


def services(account: Account) -> Services:
    """Build what the worker works with; nothing here is about tokens."""
    return Services(
        account.station, partial(TokenRow, account.stores), resume=print, wake=lambda *_: False
    )


def test_newest_of_a_batch_is_noted(account: Account) -> None:
    """Whatever order they come in, the newest stands and the others are superseded."""
    store = account.repository(STORE).install(NOW)

    results = deliver(store, [item(NEW), item(OLD)], services(account))

    assert results == [Ended("delivered"), Ended("superseded")]
    noted = account.repository(STORE).get()
    assert noted
    assert noted.shop == {
        "name": "Bean Co",
        "domain": "beans.example",
        "currency": "EUR",
        "timezone": "Europe/Berlin",
        "updated_at": "2026-11-23T07:01:00.000000Z",
    }


def test_older_news_are_superseded(account: Account) -> None:
    """What is noted already is newer."""
    store = account.repository(STORE).install(NOW)
    noted = account.repository(STORE).describe(store, {"updated_at": "2026-11-23T07:01:00.000000Z"})

    results = deliver(noted, [item(OLD)], services(account))

    assert results == [Ended("superseded")]


def test_same_news_change_nothing(account: Account) -> None:
    """A replay of what is noted writes nothing."""
    store = account.repository(STORE).install(NOW)
    noted = account.repository(STORE).describe(store, {"updated_at": "2026-11-23T07:00:00.000000Z"})

    results = deliver(noted, [item(OLD)], services(account))

    assert results == [Ended("unchanged")]
    after = account.repository(STORE).get()
    assert after
    assert after.version == noted.version


def test_body_without_a_time_takes_the_triggers(account: Account) -> None:
    """Shopify's trigger time stands in where the body says none."""
    store = account.repository(STORE).install(NOW)

    deliver(store, [item(msgspec.structs.replace(OLD, updated_at=None))], services(account))

    noted = account.repository(STORE).get()
    assert noted
    assert noted.shop["updated_at"] == "2026-11-23T07:48:00.000000Z"


def test_end_of_a_bulk_operation_wakes_who_waits_for_it(account: Account) -> None:
    """Delivered where a historic sync waits for this operation, unchanged where none does."""
    store = account.repository(STORE).install(NOW)
    asked: list[tuple[str, str]] = []

    def wake(name: str, id_: str) -> bool:
        asked.append((name, id_))
        return id_.endswith("/7")

    office = replace(services(account), wake=wake)
    ids = [f"gid://shopify/BulkOperation/{number}" for number in (7, 8)]

    results = deliver(store, [item(NoteBulkOperation(id_)) for id_ in ids], office)

    assert results == [Ended("delivered"), Ended("unchanged")]
    assert asked == [(STORE, id_) for id_ in ids]
