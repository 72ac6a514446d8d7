"""Carries out what concerns the website: whose events are, and what pixel and embed may do."""

from functools import cache

from shopbridge.commands import TRACKING, Tracking
from shopbridge.entry.queue import Worker
from shopbridge.entry.website_wiring import wired
from shopbridge.environment import Environment
from shopbridge.website_tracking.delivery import Services, deliver


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    return wired(Environment())


handler: Worker[Tracking, Services] = Worker(TRACKING, deliver, services)
