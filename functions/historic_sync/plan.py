"""Plans a historic sync: counts what there is, and cuts it into slices."""

from functools import cache

from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.task import Task
from shopbridge.environment import Environment
from shopbridge.historic_sync.planning import plan


@cache
def office() -> HistoryWiring:
    """Wire the task, once per warm function."""
    return HistoryWiring(Environment())


handler = Task(plan, office)
