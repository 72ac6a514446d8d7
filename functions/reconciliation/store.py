"""Reconciles one store: its connection, then its data; mends what it can and writes a report."""

from collections.abc import Callable
from functools import cache

from shopbridge.entry.reconciliation_wiring import ReconciliationWiring
from shopbridge.entry.reconciling import Reconciliation
from shopbridge.entry.shopify_wiring import now
from shopbridge.environment import Environment
from shopbridge.reconciliation.desk import Desk


@cache
def wiring() -> ReconciliationWiring:
    """Wire the function, once while it is warm."""
    return ReconciliationWiring(Environment())


def desk(store: str, is_late: Callable[[], bool]) -> Desk | None:
    """Return all that reconciling `store` may use."""
    return wiring().desk(store, is_late)


handler = Reconciliation(desk, now)
