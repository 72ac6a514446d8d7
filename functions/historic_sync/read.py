"""Reads the past of a store, by pages or in bulk, and puts it into the history lanes."""

from functools import cache

from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.task import Task
from shopbridge.environment import Environment
from shopbridge.historic_sync.bulk.asking import withdraw
from shopbridge.historic_sync.reading import read


@cache
def office() -> HistoryWiring:
    """Wire the task, once per warm function."""
    return HistoryWiring(Environment())


handler = Task(read, office, withdraw)
