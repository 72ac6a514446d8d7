"""A merchant carries the past over, and watches it arrive."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from shopbridge.stores.settings import HistoricSync
from tests.browser.conftest import Open
from tests.browser.merchant import Merchant
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore

pytestmark = pytest.mark.e2e

IMAGES = Path(__file__).parents[2] / "docs" / "images"
CUSTOMERS = 300
OVER_MS = 180_000
"""A whole run, on a machine that others share."""

WATCH = """() => {
  window.seen = [];
  const note = () => {
    for (const row of document.querySelectorAll("#streams article")) {
      const text = (key) => row.querySelector(`[data-text=${key}]`).textContent;
      const bar = row.querySelector("progress").value;
      const one = JSON.stringify([text("stream"), text("state"), bar]);
      if (!window.seen.includes(one)) window.seen.push(one);
    }
  };
  const what = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(document.querySelector("#streams"), what);
}"""
"""Notes each state and progress that the page shows; a page that loads anew forgets them."""


@pytest.fixture
def held(unknown: NewStore, netcore: Netcore) -> LiveStore:
    """A store that chose contacts and catalogue, whose Netcore takes one call and no more."""
    store = unknown("watched").open(customers=CUSTOMERS)
    choose(store)
    own = store.handle.upper().replace("-", "_")
    netcore.fault("status", own, path="/v3/contact/batchadd", nth=2)
    return store


def choose(store: LiveStore) -> None:
    """Choose, without the start that comes with the choice on the page."""
    repository = store.deployment.repository(store.name)
    known = repository.get()
    assert known
    chosen = {"historic_sync": HistoricSync(contacts=True), "product_catalogue": True}
    repository.save(known, known.settings.model_copy(update=chosen), datetime.now(UTC))


def row(page: Merchant, stream: str) -> Locator:
    """Find a stream of the run."""
    return page.app.locator("#streams article").filter(has_text=stream)


def test_a_run_is_started_watched_held_and_complete(
    held: LiveStore, merchant: Open, netcore: Netcore, images: Path
) -> None:
    """Started on the page, each stream moves without a reload; it is held, goes on, and ends."""
    page = merchant(held)
    page.page.set_viewport_size({"width": 1100, "height": 480})  # as high as it needs, no more
    page.open("historic-sync")
    run = page.app.locator("#run strong")
    expect(run).to_have_text("NOT BEGUN")
    page.app.evaluate(WATCH)

    page.press("What would it take?")
    expect(page.app.locator("#plan")).to_contain_text(f"{CUSTOMERS} customers: at least")
    page.press("Start")
    page.told("Started")
    expect(run).to_have_text("RUNNING")
    expect(row(page, "customers")).to_contain_text("sending")
    for stream in ("customers", "products"):
        expect(row(page, stream).locator("[data-text=done]")).not_to_have_text("0")
    page.photograph(images / "historic-sync.png")
    page.press("Pause")
    expect(run).to_have_text("PAUSED")
    page.press("Resume")
    expect(run).to_have_text("RUNNING")
    netcore.mend()
    expect(run).to_have_text("COMPLETE", timeout=OVER_MS)

    whole = f"done: {CUSTOMERS} of {CUSTOMERS} read, {CUSTOMERS} dealt with"
    expect(row(page, "customers")).to_contain_text(whole)
    expect(page.app.get_by_role("button", name="Pause")).to_be_hidden()
    shown: list[list[object]] = page.app.evaluate("window.seen.map(JSON.parse)")
    shares = {
        stream: [share for name, _, share in shown if name == stream]
        for stream in ("customers", "products")
    }
    assert all(len(each) > 1 and each[-1] == 1 for each in shares.values()), shown
    assert any(0.5 < float(str(share)) < 1 for share in shares["customers"]), shown
    assert page.violations() == []
    assert (IMAGES / "historic-sync.png").is_file()


def test_a_run_is_cancelled_once_it_was_asked_for_twice(held: LiveStore, merchant: Open) -> None:
    """A question comes first; a run that has ended is asked after no more."""
    page = merchant(held)
    page.page.clock.install()
    page.open("historic-sync")
    page.press("Start")
    run = page.app.locator("#run strong")
    expect(run).to_have_text("RUNNING")

    page.press("Cancel")
    page.press("Go on")
    expect(run).to_have_text("RUNNING")
    page.press("Pause")
    expect(run).to_have_text("PAUSED")
    with page.page.expect_request("**/api/v1/sync"):
        page.page.clock.fast_forward("01:00")
    page.press("Cancel")
    page.press("End it")
    expect(run).to_have_text("CANCELLED")
    page.settled()
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    page.page.clock.fast_forward("10:00")
    page.settled()

    assert asked == []
    expect(page.app.get_by_role("button", name="Start")).to_be_visible()
