"""
One log line per delivery, with its metrics embedded (CloudWatch EMF).

Keys only: no payload, name, address or token ever reaches a line. Written without
Powertools, whose import alone costs a webhook function a third of its start-up;
workers use its Logger.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from shopbridge import reasons
from shopbridge.message import Head
from shopbridge.telemetry import NAMESPACE, SERVICE

_encode = msgspec.json.Encoder().encode


class Observer:
    """Writes lines with `write`; `now` dates them."""

    def __init__(self, write: Callable[[str], object], now: Callable[[], datetime]) -> None:
        self._write = write
        self._now = now

    def ended(self, head: Head, outcome: str) -> None:
        """Report a delivery that was published or recognised as a duplicate."""
        self._line("INFO", outcome, metric=outcome.capitalize(), **_keys(head))

    def parked(self, head: Head, reason: str) -> None:
        """Report a delivery that waits for a human; its metric raises the alarm."""
        self._line("WARNING", "parked", metric="Parked", reason=reason, **_keys(head))
        if reason == reasons.WRONG_STORE:
            self._line("ERROR", "wrong store", metric="WrongStore", **_keys(head))

    def refused(self, topic: str, reason: str) -> None:
        """Report a request that was no delivery of Shopify's."""
        self._line("WARNING", "refused", metric="Refused", topic=topic, reason=reason)

    def turned_away(self, topic: str, reason: str) -> None:
        """Report a request of the open internet that was not taken; many are no alarm."""
        self._line("INFO", "turned away", metric="TurnedAway", topic=topic, reason=reason)

    def unavailable(self, topic: str, error: Exception) -> None:
        """Report that the sender was asked to come again, and what failed."""
        self._line("ERROR", "unavailable", metric="Unavailable", topic=topic, reason=str(error))

    def _line(self, level: str, message: str, *, metric: str, **keys: Any) -> None:
        at = self._now()
        line = {
            "level": level,
            "message": message,
            "timestamp": at.isoformat(),
            **keys,
            "service": SERVICE,
            metric: 1,
            "_aws": {
                "Timestamp": int(at.timestamp() * 1000),
                "CloudWatchMetrics": [
                    {
                        "Namespace": NAMESPACE,
                        "Dimensions": [["service"]],
                        "Metrics": [{"Name": metric}],
                    }
                ],
            },
        }
        self._write(_encode(line).decode())


def _keys(head: Head) -> dict[str, str]:
    return {
        "topic": head.topic,
        "shop": head.store,
        "event_id": head.event_id,
        "webhook_id": head.webhook_id,
        "via": head.via,
    }
