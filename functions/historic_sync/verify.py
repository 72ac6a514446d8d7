"""Compares each slice of a historic sync with what Shopify counts."""

from functools import cache

from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.task import Task
from shopbridge.environment import Environment
from shopbridge.historic_sync.verifying import verify


@cache
def office() -> HistoryWiring:
    """Wire the task, once per warm function."""
    return HistoryWiring(Environment())


handler = Task(verify, office)
