"""`shopbridge catalogue feed`: what an operator sees of a feed, and does with it."""

import json
from typing import Any

import boto3
import pytest

from shopbridge.stores.vault import Vault
from tests.integration.account import REGION, STAGE, STORE, Account
from tests.integration.catalogue import Press
from tests.integration.command import shopbridge
from tests.unit.catalogue.goods import row


@pytest.fixture
def press(account: Account) -> Press:
    """Give out a store whose feed is built, and what the command line reads about it."""
    account.describe()
    ssm = boto3.client("ssm", region_name=REGION)
    parts = ssm.get_parameter(Name=f"/shopbridge/{STAGE}/deployment")["Parameter"]["Value"]
    press = Press(account)
    kms = boto3.client("kms", region_name=REGION)
    press.vault = Vault(kms, json.loads(parts)["store_key"], lambda: 0.0)
    press.open()
    press.put(row())
    press.look()
    return press


def feed(verb: str, *more: str) -> Any:
    """Run one verb for the store."""
    return shopbridge("catalogue", "feed", verb, "--store", STORE, "--json", *more)


def test_show_tells_where_and_what(press: Press) -> None:
    """The address to give to Netcore, and what it leads to."""
    said = feed("show")

    address = f"https://api.example/catalogue/{press.address()}"
    assert said.json == {
        "store": STORE,
        "on": True,
        "xml": f"{address}.xml",
        "json": f"{address}.json",
        "built_at": "2026-11-23T08:00:00+00:00",
        "variants": 1,
        "left_out": {},
        "locations": {"5": "Shop", "6": "Warehouse"},
    }


def test_rotate_ends_the_old_address(press: Press) -> None:
    """The new one is printed; the old one leads nowhere."""
    old = press.address()

    said = feed("rotate")

    assert said.json["xml"] == f"https://api.example/catalogue/{press.address()}.xml"
    assert press.get(f"{old}.xml").status == 404


@pytest.mark.parametrize("verb", ["rotate", "build"])
def test_a_switched_off_catalogue_has_no_feed(press: Press, verb: str) -> None:
    """A finding, no error of ours."""
    store = press.store(STORE)
    assert store
    press.save(store, product_catalogue=False)

    said = feed(verb)

    assert said.code == 1
    assert "product_catalogue is off" in said.err


def test_a_store_that_left_has_none(press: Press) -> None:
    """Neither has one that never came."""
    store = press.store(STORE)
    assert store
    press.account.repository(STORE).uninstall(store, press.now)

    said = feed("show")

    assert (said.code, said.err.strip()) == (1, f"{STORE} has not installed the app")
