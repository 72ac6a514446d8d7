"""Looks every five minutes which stores' feeds are to be built, and builds them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aws_lambda_powertools import Logger, Metrics

from shopbridge.catalogue.due import late_by
from shopbridge.catalogue.feed import Feed
from shopbridge.catalogue.publishing import Publisher
from shopbridge.errors import Unavailable
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.stores.store import Store
from shopbridge.telemetry import NAMESPACE

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)

NEVER: Final = datetime.min.replace(tzinfo=UTC)

_AS_OLD: Final = ("current", "taken", "failed")
"""What leaves a feed as old as it was."""


class NotAllBuilt(Unavailable):
    """Some feeds could not be built: the next look goes on with them."""


@dataclass(frozen=True)
class Services:
    """What a look at all feeds needs."""

    publisher: Publisher
    store: Callable[[str], Store | None]
    now: Callable[[], datetime]


@dataclass(frozen=True)
class BuildFeeds:
    """
    The scheduled function; an event that names a `store` has that one's feed built at once.

    Several may run at once, and any may be missed: what is to be built stays noted.
    """

    services: Callable[[], Services]

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, int]:
        """
        Look at every feed, the oldest first; return how many became what.

        Raises:
            NotAllBuilt: some could not be built; the others were.
        """
        services, shift = self.services(), Shift()
        shift.begin(services.now(), context)
        counts: Counter[str] = Counter()
        late = timedelta()
        only = str(event.get("store", ""))
        for feed in _wanted(services, only):
            if shift.is_late(services.now()):
                counts["not looked at"] += 1
                break
            became = _settled(feed, services, shift, force=bool(only))
            counts[became] += 1
            if became in _AS_OLD:
                late = max(late, late_by(feed, services.now()))
        _report(counts, late)
        if counts["failed"]:
            raise NotAllBuilt(f"{counts['failed']} feeds")
        return dict(counts)


def _wanted(services: Services, only: str) -> Iterable[Feed]:
    feeds = services.publisher.feeds
    if only:
        return [feeds.get(only) or Feed(only)]
    return sorted(feeds.all(), key=lambda one: one.build.began_at if one.build else NEVER)


def _settled(feed: Feed, services: Services, shift: Shift, *, force: bool) -> str:
    """Look at one; what goes wrong with it must not keep the others waiting."""
    until = shift.lease(services.now())
    try:
        became = services.publisher.settle(feed, services.store(feed.store), until, force=force)
    except Exception as exc:
        trouble.tell("feed not built", exc, shop=feed.store)
        return "failed"
    if became not in _AS_OLD:
        logger.info("feed", extra={"shop": feed.store, "became": became})
    return became


def _report(counts: Counter[str], late: timedelta) -> None:
    """One line a look; how much older than a day the oldest feed is raises the alarm."""
    seconds = round(late.total_seconds())
    logger.info("feeds", extra={**counts, "late_seconds": seconds})
    metrics.add_metric(name="FeedLate", unit="Seconds", value=seconds)
    metrics.flush_metrics()
