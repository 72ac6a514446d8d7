"""The two functions of contacts and consents as infra starts them: wired from the environment."""

import dataclasses
from typing import Any

import boto3
import pytest

from functions.delivery import consents, contacts
from shopbridge.commands import ChangeConsent, RefreshContact
from shopbridge.stores.vault import Vault
from shopbridge.work import Lane
from tests.integration.pipeline.cloud import BUCKET, KEYS, Cloud
from tests.integration.pipeline.lane import Lying, record
from tests.integration.pipeline.people import People
from tests.integration.pipeline.system import SETTINGS

NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture
def people(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> People:
    """An enabled store with sealed keys, and the variables that infra sets."""
    people = People(cloud, status=None)
    key = boto3.client("kms", **KEYS).create_key()["KeyMetadata"]["Arn"]
    vault = Vault(boto3.client("kms", **KEYS), key, people.clock.seconds)
    repository = people.repository()
    store = repository.install(
        people.ago(hours=1), vault.seal("shpat_cnry", store=people.name, epoch=1)
    )
    store = repository.save(store, SETTINGS, store.installed_at)
    store = repository.save_netcore_key(
        store, vault.seal("netcore-cnry-key", store=people.name, epoch=1)
    )
    repository.set_status(store, "enabled")
    hosts = f'{{"contact": "{NOBODY_LISTENS}", "batch": "{NOBODY_LISTENS}", "activity": ""}}'
    for name, value in {
        "AWS_DEFAULT_REGION": KEYS["region_name"],
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "CONTACTS_TABLE": "contacts",
        "KEPT_BUCKET": BUCKET,
        "STORE_KEY_ARN": key,
        "NETCORE_HOSTS": hosts,
        "SHOPIFY_ADMIN_URL": NOBODY_LISTENS,
        "CLIENT_SECRETS_PARAMETER": "/shopbridge/test/client-secrets",
        "SHOPIFY_CLIENT_ID": "client-id",
        "APP_URL": "https://api.example",
    }.items():
        monkeypatch.setenv(name, value)
    return people


def started(function: Any) -> Any:
    """Return the function's handler as a new process has it."""
    return dataclasses.replace(function.handler, services=function.services.__wrapped__)


def test_contacts_function_puts_off_what_shopify_does_not_answer(people: People) -> None:
    """Tables, keys and hosts are found; a silent Shopify leaves the message in the queue."""
    people.send(RefreshContact("7001"))
    message = record(Lying("m1", people.lane.messages[0].body, receives=1))

    answer = started(contacts)({"Records": [message]}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}


@pytest.mark.parametrize(
    ("is_chosen", "lane", "by_file"),
    [(True, "history", True), (True, "live", False), (False, "history", False)],
)
def test_contacts_function_sends_history_by_file_where_the_store_wants_it(
    people: People, is_chosen: bool, lane: Lane, by_file: bool
) -> None:
    """The bucket of kept content, and addresses signed as KMS wants it; consents never do."""
    before = people.store()
    netcore = before.settings.netcore.model_copy(update={"bulk_upload": is_chosen})
    settings = before.settings.model_copy(update={"netcore": netcore})
    store = people.repository().save(before, settings, people.clock.now())

    refresh = contacts.services.__wrapped__().refresh(store, lane)
    settling = consents.services.__wrapped__().settling(store)

    uploads = refresh.sender.uploads
    assert settling.sender.uploads is None
    assert (uploads is not None) is by_file
    if uploads:
        assert (uploads.files.bucket, uploads.files.store) == (BUCKET, people.name)
        assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in uploads.files.link("uploads/a.csv")


def test_consents_function_puts_off_what_netcore_does_not_answer(people: People) -> None:
    """The word is written down before Netcore is asked, and kept until it answers."""
    people.send(ChangeConsent("7001", "email", "unsubscribed", people.clock.now()))
    message = record(Lying("m1", people.lane.messages[0].body, receives=1))

    answer = started(consents)({"Records": [message]}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert people.row()["email_wanted"].endswith("unsubscribed")
