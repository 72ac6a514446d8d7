"""A store installs the app on the running system, over HTTP from end to end."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from cli.deployment import Deployment, connect
from local.demo.authorising import NotInstalled, install_by_link
from local.run import Run

pytestmark = pytest.mark.e2e

LEAF = "leaf-e2e.myshopify.com"


@pytest.fixture
def leaf(system: Run) -> str:
    """One more store, which begins without the app."""
    httpx.post(f"{system.store_url}/_stores", json={"shop": LEAF}).raise_for_status()
    return LEAF


@pytest.fixture
def deployment() -> Deployment:
    """The running system's tables."""
    return connect(None)


def test_merchant_installs_by_link(system: Run, deployment: Deployment, leaf: str) -> None:
    """Three redirects later the store has tokens that end, and the browser is in its admin."""
    landed = install_by_link(system, leaf)

    store = deployment.repository(leaf).get()
    assert landed == f"{system.store_url}/admin/apps/shopbridge-local?shop={leaf}"
    assert store is not None
    assert store.status == "installed"
    assert store.sealed_refresh_token is not None
    assert store.token_expires_at is not None


def test_page_of_an_installed_store_needs_no_new_grant(system: Run, leaf: str) -> None:
    """The embedded page shows its id token and is told that all is well."""
    install_by_link(system, leaf)
    before = grants(system, leaf)
    token = httpx.get(f"{system.store_url}/_id_token", params={"shop": leaf}).json()["id_token"]

    answer = httpx.post(
        f"{system.api_url}/auth/exchange", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )

    assert answer.status_code == 204
    assert grants(system, leaf) == before


def test_grant_of_too_little_installs_nothing(system: Run) -> None:
    """The merchant reads why, and no row is written."""
    shop = "stingy-e2e.myshopify.com"
    httpx.post(f"{system.store_url}/_stores", json={"shop": shop}).raise_for_status()
    fault = {"do": "fewer_scopes", "fields": ["read_orders"]}
    match = {"path": "/admin/oauth/access_token"}
    httpx.post(f"{system.store_url}/_faults", json={**fault, "match": match}).raise_for_status()

    with pytest.raises(NotInstalled, match="grant all that it asks for"):
        install_by_link(system, shop)

    assert connect(None).repository(shop).get() is None


def grants(system: Run, shop: str) -> list[Mapping[str, Any]]:
    """Every grant that the simulated Shopify gave for the store."""
    told = httpx.get(f"{system.store_url}/_grants", params={"shop": shop}).json()
    found: list[Mapping[str, Any]] = told["grants"]
    return found
