"""Every minute: records `Cart Abandonment` for the checkouts whose time is over."""

from functools import cache

from shopbridge.entry.abandonment_wiring import wired
from shopbridge.entry.sweeping import Services, Sweep
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the function, once while it is warm."""
    return wired(Environment())


handler = Sweep(services)
