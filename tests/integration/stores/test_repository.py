"""The row of one store, and its secrets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from shopbridge.errors import StoreConflict
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.vault import Vault
from tests.integration.aws.wire import ENVIRON

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAME = "a.myshopify.com"
SETTINGS = Settings(netcore=Netcore(website_id="site-1"), events={"Product Purchase": False})
KEYS: dict[str, Any] = {
    "region_name": ENVIRON["AWS_REGION"],
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}


@pytest.fixture
def table() -> Iterator["Table"]:
    """An empty table of stores."""
    with mock_aws():
        yield boto3.resource("dynamodb", **KEYS).create_table(
            TableName="stores",
            KeySchema=[{"AttributeName": "store", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "store", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )


def test_comes_back_as_it_was_saved(table: "Table") -> None:
    """Settings, compiled profile, status, secrets: all in one row."""
    repository = StoreRepository(table, NAME)
    store = repository.save(repository.install(NOON, b"token"), SETTINGS, NOON)
    store = repository.save_netcore_key(repository.set_status(store, "enabled"), b"key")

    assert repository.get() == store
    assert (store.version, store.epoch, store.status) == (4, 1, "enabled")
    assert (store.sealed_access_token, store.sealed_netcore_key) == (b"token", b"key")
    assert not store.profile.is_on("Product Purchase", NOON)


def test_of_two_savers_one_is_told(table: "Table") -> None:
    """Nobody's settings are lost without a word."""
    repository = StoreRepository(table, NAME)
    read = repository.install(NOON)
    repository.save(read, SETTINGS, NOON)

    with pytest.raises(StoreConflict):
        repository.save(read, Settings(), NOON)

    found = repository.get()
    assert found is not None
    assert found.settings == SETTINGS


def test_reinstall_begins_a_new_epoch(table: "Table") -> None:
    """Settings stay; the Netcore key and what was off before do not."""
    repository = StoreRepository(table, NAME)
    store = repository.save_netcore_key(repository.install(NOON), b"key")
    store = repository.save(repository.set_status(store, "enabled"), SETTINGS, NOON)
    later = NOON + timedelta(days=1)

    again = repository.install(later)

    assert (again.epoch, again.installed_at, again.status) == (2, later, "installed")
    assert (again.settings, again.sealed_netcore_key) == (SETTINGS, None)


def test_circuit_closes_with_a_new_key(table: "Table") -> None:
    """A wrong key stops the store, the next one lets it go on."""
    repository = StoreRepository(table, NAME)
    store = repository.install(NOON)

    repository.open_circuit(store, "netcore key refused")
    opened = repository.get()
    assert opened is not None
    closed = repository.save_netcore_key(opened, b"key")

    assert (opened.circuit, closed.circuit) == ("netcore key refused", None)
    assert opened.version == store.version


def test_circuit_is_not_opened_by_what_is_out_of_date(table: "Table") -> None:
    """The key was replaced while a worker still used the old one."""
    repository = StoreRepository(table, NAME)
    read = repository.install(NOON)
    repository.save_netcore_key(read, b"new")

    repository.open_circuit(read, "netcore key refused")

    found = repository.get()
    assert found is not None
    assert found.circuit is None


def test_repository_reaches_one_store_only(table: "Table") -> None:
    """Each is built for its store."""
    StoreRepository(table, NAME).install(NOON)

    assert StoreRepository(table, "b.myshopify.com").get() is None


def test_secret_opens_for_its_store_and_install_only(table: "Table") -> None:
    """What is sealed for one store is useless in another's row, even in a warm function."""
    kms = boto3.client("kms", **KEYS)
    vault = Vault(kms, kms.create_key()["KeyMetadata"]["Arn"], lambda: 0.0)
    repository = StoreRepository(table, NAME)
    store = repository.install(NOON)
    sealed = vault.seal("cnry-key", store=NAME, epoch=1)
    store = repository.save_netcore_key(store, sealed)
    other = StoreRepository(table, "b.myshopify.com")
    thief = other.save_netcore_key(other.install(NOON), sealed)
    reinstalled = repository.save_netcore_key(repository.install(NOON), sealed)

    assert vault.netcore_key(store) == "cnry-key"
    assert b"cnry" not in sealed
    for wrong in (thief, reinstalled):
        with pytest.raises(ClientError):
            vault.netcore_key(wrong)


class Kms:
    """Opens everything, and counts."""

    def __init__(self) -> None:
        self.opened = 0

    def decrypt(self, **_: Any) -> dict[str, bytes]:
        """Open a secret."""
        self.opened += 1
        return {"Plaintext": b"cnry-key"}


def test_opened_secret_is_reused_for_five_minutes(table: "Table") -> None:
    """A warm worker does not ask KMS for every batch."""
    kms, clock = Kms(), [0.0]
    vault = Vault(kms, "arn", lambda: clock[0])  # type: ignore[arg-type]  # the one call that is made
    repository = StoreRepository(table, NAME)
    store = repository.save_netcore_key(repository.install(NOON), b"sealed")

    opened = []
    for clock[0] in (0.0, 300.0, 301.0):
        vault.netcore_key(store)
        opened.append(kms.opened)

    assert opened == [1, 1, 2]
