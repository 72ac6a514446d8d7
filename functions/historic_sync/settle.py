"""Waits until everything that a historic sync has sent has an outcome."""

from functools import cache

from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.task import Task
from shopbridge.environment import Environment
from shopbridge.historic_sync.settling import settle


@cache
def office() -> HistoryWiring:
    """Wire the task, once per warm function."""
    return HistoryWiring(Environment())


handler = Task(settle, office)
