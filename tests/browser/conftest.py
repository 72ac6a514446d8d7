"""A browser in the simulated admin of stores on the running local system."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from local.chromium import OTHERWISE, chromium
from local.demo.authorising import install_by_link
from local.run import Run
from tests.browser.merchant import Merchant
from tests.e2e.conftest import (  # noqa: F401 - fixtures of the running system
    NewStore,
    deployment,
    http,
    installed,
    netcore,
    system,
    unknown,
)
from tests.e2e.live_store import LiveStore

# Chromium asks Google's hosts at its start, unless it is told not to.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)

# Functions start cold here, on a machine that others share.
expect.set_options(timeout=20_000)

Open = Callable[[LiveStore], Merchant]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-images` renews the screenshots of the documents."""
    parser.addoption("--write-images", action="store_true", help="renew docs/images")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    path = chromium()
    assert path, OTHERWISE
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def merchant(browser: Browser, system: Run) -> Iterator[Open]:  # noqa: F811 - a fixture
    """Sits a merchant in front of a store's admin; what goes wrong on a page fails the test."""
    context = browser.new_context(
        viewport={"width": 1100, "height": 1000}, reduced_motion="reduce", timezone_id="UTC"
    )
    context.set_default_timeout(20_000)  # milliseconds; functions start cold here
    sat: list[Merchant] = []

    def sit(store: LiveStore) -> Merchant:
        sat.append(Merchant(context.new_page(), system, store))
        return sat[-1]

    yield sit
    context.close()
    assert [error for one in sat for error in one.errors] == []


@pytest.fixture
def fresh(unknown: NewStore) -> Callable[[str], LiveStore]:  # noqa: F811 - a fixture
    """Opens stores whose merchant has installed the app by Shopify's link, and nothing more."""

    def opened(word: str) -> LiveStore:
        store = unknown(word)
        store.simulate()
        install_by_link(store.system, store.name)
        return store

    return opened


@pytest.fixture
def images(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go: into the documents when that is asked for."""
    renew = request.config.getoption("--write-images")
    return Path(__file__).parents[2] / "docs" / "images" if renew else tmp_path
