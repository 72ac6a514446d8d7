"""An outage leaves many checkouts due at once: one sweep takes them within its minute."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from benchmarks.history.tables import Table
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.row import Row
from shopbridge.abandonment.secret import Secret, drawn
from shopbridge.abandonment.telling import Telling
from shopbridge.abandonment.timers import Found
from shopbridge.commands import Identity, WatchCheckout
from shopbridge.entry.sweeping import Services, Sweep
from shopbridge.stores.store import Store
from tests.integration.pipeline.system import SETTINGS
from tests.unit.translate.given import STORE, payload, translated

MANY = 10_000
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LEFT = NOON - timedelta(minutes=61)
DUE = LEFT + timedelta(hours=1)
NAME = STORE.store


class Outside:
    """A table in memory with the checkouts of as many buyers, and what is told of them."""

    def __init__(self) -> None:
        tables: dict[str, Table] = {}
        self.table: Any = Table("checkouts", ("store_shard", "row"), tables)
        tables["checkouts"] = self.table
        self.secret = Secret(drawn())
        self.sent: list[str] = []
        (watch,) = [
            one
            for one in translated("checkouts/update", payload("checkouts/update"))
            if isinstance(one, WatchCheckout)
        ]
        for number in range(MANY):
            self._checkouts().watch(self._row(number, watch), LEFT)

    def _checkouts(self, store: str = NAME) -> Checkouts:
        return Checkouts(self.table, store)

    def _row(self, number: int, watch: WatchCheckout) -> Row:
        who = Identity(f"{number}", f"ada{number}@example.com", f"+447700{number:06}")
        token = f"token-{number}"
        marks = self.secret.marks(who, "", f"cart-{number}")
        return Row(token, 1, LEFT, DUE, DUE, marks, self.secret.seal(watch.activity, token))

    def due(self, until: datetime) -> Iterator[Found]:
        """Stand for the index."""
        assert until >= DUE
        return (Found(NAME, f"token-{number}", DUE) for number in range(MANY))

    def send(self, text: str, **_: object) -> None:
        """Stand for the topic."""
        self.sent.append(text)

    def telling(self) -> Telling:
        """Tell of them as a sweep does; the ledger takes everything."""
        store = Store(
            name=NAME,
            epoch=1,
            version=1,
            status="enabled",
            installed_at=STORE.installed_at,
            settings=SETTINGS,
            profile=STORE,
        )
        ledger: Any = SimpleNamespace(
            claim=lambda message, now: message, published=lambda *told: None
        )
        outside: Any = self
        return Telling(
            checkouts=self._checkouts,
            store=lambda name: store,
            keyring=SimpleNamespace(known=lambda name: self.secret),  # type: ignore[arg-type]  # stands for it
            deliveries=ledger,
            outcomes=ledger,
            outbox=outside,
            held=lambda store: None,
            now=lambda: NOON,
        )


def test_ten_thousand_due_checkouts_are_told_within_a_minute() -> None:
    """By the processor's time, with tables in memory: what is ours of it."""
    outside: Any = Outside()
    sweep = Sweep(lambda: Services(outside, outside.telling, lambda: NOON))
    began = time.process_time()

    swept = sweep({}, None)

    assert time.process_time() - began < 60
    assert swept == {"told": MANY}
    assert len(outside.sent) == MANY
