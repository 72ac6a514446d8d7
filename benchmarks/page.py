"""Figure: CPU time of the merchant's page, from its store and counters to HTML."""

from datetime import timedelta
from typing import Any, cast

from benchmarks.cpu import compare
from benchmarks.figure import Figure, Goal
from shopbridge.catalogue.feeds import Feeds
from shopbridge.entry.api.desk import Sight
from shopbridge.entry.page.pages import SHOWS
from shopbridge.entry.page.shown import Visit
from shopbridge.historic_sync.repository import Runs
from shopbridge.ledger.reader import Ledger
from shopbridge.page.frame import Frame, Site
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Store
from shopbridge.times import parse
from tests.integration.page.reading import weight

GOAL = Goal(limit=50)
NOW = parse("2026-11-25T08:00:00Z")
TOPICS = ("checkouts/create", "customers/create", "customers/update", "fulfillments/create",
          "orders/cancelled", "orders/create", "orders/fulfilled", "orders/updated")  # fmt: skip
HOURS = 7 * 24
"""A busy store: each of these topics came in every hour of the week that the page looks at."""

SCRIPTS = {"activity": "activity.js", "historic-sync": "historic-sync.js"}
"""The script of a page beside `core.js`, where it is not `settings.js`."""


class Counted:
    """Answers the page's queries as a table does, from memory."""

    def __init__(self) -> None:
        self._rows = [
            {"row": f"{NOW - timedelta(hours=hour):%Y-%m-%dT%H}#{topic}", "deliveries": 40,
             "made.RecordActivity": 30, "parked.RecordActivity": 1}
            for hour in range(HOURS) for topic in TOPICS
        ]  # fmt: skip

    def get_item(self, **_: object) -> dict[str, Any]:
        """Know of no historic sync."""
        return {}

    def query(self, **_: object) -> dict[str, Any]:
        """Return everything, in one page."""
        return {"Items": self._rows}


def measure() -> Figure:
    """Render each page of a configured store; the slowest counts."""
    visit = Visit(_sight(), Frame(Site("client-id"), "vapid-store.myshopify.com", "aG9zdA"), {})
    parts: dict[str, float | str] = {}
    slowest = 0.0
    for path, show in SHOWS.items():
        name = path or "home"
        micros = compare(lambda show=show: show(visit), lambda: None).first  # type: ignore[misc]  # the default binds
        slowest = max(slowest, micros / 1000)
        script = weight(SCRIPTS.get(name, "settings.js"))
        parts[name] = (
            f"{micros / 1000:.1f} ms, {len(show(visit).encode()) / 1000:.1f} kB of HTML, "
            f"{script / 1000:.1f} kB of script"
        )
    return Figure(
        name="page",
        title="CPU milliseconds to render the slowest page of a busy store",
        goal=GOAL,
        value=slowest,
        parts=parts,
    )


def _sight() -> Sight:
    name = "vapid-store.myshopify.com"
    store = Store(
        name=name,
        version=3,
        epoch=1,
        installed_at=NOW,
        status="enabled",
        settings=Settings(
            netcore=Netcore(website_id="site", list_id=7, notify_email="ops@example.com")
        ),
        profile=Profile(store=name, epoch=1, installed_at=NOW),
        sealed_netcore_key=b"sealed",
        sealed_access_token=b"sealed",
    )
    table = cast(Any, Counted())
    return Sight(
        store=store,
        ledger=Ledger(table),
        feeds=Feeds(table),
        runs=Runs(table, name),
        now=lambda: NOW,
    )
