"""Ends a historic sync: complete, with gaps, or failed."""

from functools import cache

from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.task import Task
from shopbridge.environment import Environment
from shopbridge.historic_sync.finishing import finish


@cache
def office() -> HistoryWiring:
    """Wire the task, once per warm function."""
    return HistoryWiring(Environment())


handler = Task(finish, office)
