"""Carries out people's rights: bundles what is held of them, forgets them and their stores."""

from functools import cache

from shopbridge.commands import PRIVACY, Privacy
from shopbridge.entry.privacy_wiring import wired
from shopbridge.entry.queue import Worker
from shopbridge.environment import Environment
from shopbridge.privacy.delivery import Services, deliver


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    return wired(Environment())


handler: Worker[Privacy, Services] = Worker(PRIVACY, deliver, services)
