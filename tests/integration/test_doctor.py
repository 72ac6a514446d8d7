"""The doctor: what is wrong, why that matters and what mends it; exit code 1 where anything is."""

import json
from datetime import date
from typing import Any

import boto3
import httpx
import pytest

from cli.deployment import Deployment
from cli.doctor.app import app
from cli.doctor.netcore import netcore
from infra.shopify_app import ShopifyApp
from shopbridge.netcore.client import shared
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Store
from tests.integration.account import NOW, REGION, STAGE, STORE, Account, session
from tests.integration.command import Said, shopbridge
from tests.unit.ledger.written import delivery_row

NETCORE = Netcore(website_id="1", list_id=7, notify_email="ops@example.com")


@pytest.fixture(autouse=True)
def _deployed(account: Account) -> None:
    account.describe()


def by_name(said: Said) -> dict[tuple[str, str], Any]:
    """Return the checks by group and name."""
    return {(one["group"], one["what"]): one for one in said.json["checks"]}


def connected(account: Account, deployment: Deployment) -> Store:
    """Install the store and save a connection."""
    repository = account.repository(STORE)
    store = repository.install(NOW)
    sealed = deployment.vault.seal("netcore-key", store=STORE, epoch=store.epoch)
    return repository.save(store, Settings(netcore=NETCORE), NOW, "test", sealed)


def test_fresh_store_needs_much(account: Account) -> None:
    """Each finding says why it matters and the command that mends it."""
    account.repository(STORE).install(NOW)

    done = shopbridge("doctor", f"--store={STORE}", "--json")

    checks = by_name(done)
    wrong = [one for one in checks.values() if not one["ok"]]
    assert done.code == 1
    assert done.json["findings"] == len(wrong)
    assert all(one["why"] and one["mend"] for one in wrong)
    assert checks[("store", "sending")]["found"] == "installed"
    assert checks[("account", "client secrets")]["ok"] is False
    assert checks[("netcore", "connection")]["found"].startswith("netcore.api_key")
    assert checks[("account", "deployment")]["ok"] is True


def test_stage_that_is_not_there_is_a_finding() -> None:
    """Nothing else of it is examined."""
    done = shopbridge("doctor", "--json", stage="nowhere")

    checks = by_name(done)
    assert (done.code, checks[("account", "deployment")]["found"]) == (1, "ParameterNotFound")
    assert not any(group in ("store", "netcore") for group, _ in checks)


def test_store_without_install_is_a_finding() -> None:
    """A store that sends without having installed the app."""
    done = shopbridge("doctor", "--store=nobody", "--json")

    assert by_name(done)[("store", "install")]["ok"] is False


def test_people_read_why_and_how(account: Account) -> None:
    """The same in lines."""
    account.repository(STORE).install(NOW)

    done = shopbridge("doctor", f"--store={STORE}")

    assert "why:  What happens meanwhile is kept for 14 days, then lost." in done.out
    assert f"mend: shopbridge settings set status=enabled --store={STORE}" in done.out


def test_secrets_are_counted_not_shown(account: Account) -> None:
    """One secret is there; it is not in the output."""
    ssm = boto3.client("ssm", region_name=REGION)
    name = f"/shopbridge/{STAGE}/deployment"
    parts = json.loads(ssm.get_parameter(Name=name)["Parameter"]["Value"])
    parts["client_secrets_parameter"] = "/shopbridge/test/client-secrets"
    ssm.put_parameter(Name=name, Value=json.dumps(parts), Overwrite=True)
    ssm.put_parameter(
        Name="/shopbridge/test/client-secrets", Value='["shpss_hidden"]', Type="SecureString"
    )

    done = shopbridge("doctor", "--json")

    assert by_name(done)[("account", "client secrets")]["ok"] is True
    assert "shpss_hidden" not in done.out


def test_dead_letters_are_a_finding(account: Account) -> None:
    """What nobody could put away is counted."""
    ssm = boto3.client("ssm", region_name=REGION)
    name = f"/shopbridge/{STAGE}/deployment"
    parts = json.loads(ssm.get_parameter(Name=name)["Parameter"]["Value"])
    parts["queues"]["contacts-dead"] = account.sqs.create_queue(QueueName="dead")["QueueUrl"]
    ssm.put_parameter(Name=name, Value=json.dumps(parts), Overwrite=True)
    account.sqs.send_message(QueueUrl=parts["queues"]["contacts-dead"], MessageBody="{}")

    done = shopbridge("doctor", "--json")

    assert by_name(done)[("account", "dead-letter queues")]["found"] == "contacts-dead: 1"


@pytest.mark.parametrize(("answer", "ok"), [(200, True), (400, True), (401, False), (503, False)])
def test_netcore_is_asked(account: Account, answer: int, ok: bool) -> None:
    """The key is tried out with nothing."""
    deployment = Deployment(STAGE, session())
    store = connected(account, deployment)
    http = shared(
        httpx.MockTransport(lambda _: httpx.Response(answer, stream=httpx.ByteStream(b"")))
    )

    checks = list(netcore(deployment, store, http))

    assert [(one.what, one.ok) for one in checks] == [("activities", ok), ("contacts", ok)]


def test_webhooks_of_the_day_are_counted(account: Account) -> None:
    """Something came; the finding about silence is gone."""
    StoreRepository(account.stores, STORE).install(NOW)
    account.ledger.put_item(Item=delivery_row(received_at="2999-01-01T00:00:00.000000Z"))
    account.count()

    done = shopbridge("doctor", f"--store={STORE}", "--json")

    assert by_name(done)[("store", "webhooks")]["found"] == "1 in 24 h"


def test_api_version_grows_old() -> None:
    """Three months before its end it is a finding."""
    toml = ShopifyApp("8d1c", "read_orders")

    early, late = (
        next(iter(app(None, toml, day))) for day in (date(2026, 11, 23), date(2027, 8, 1))
    )

    assert (early.ok, late.ok) == (True, False)
    assert early.found == "supported until 2027-10-01"
