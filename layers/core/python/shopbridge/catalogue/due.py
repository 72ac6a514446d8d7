"""When a feed is built: soon after a change, and at least once a day. Pure."""

from datetime import datetime, timedelta
from typing import Final

from shopbridge.catalogue.feed import Feed
from shopbridge.catalogue.item import Choice

LEAST: Final = timedelta(minutes=15)
"""Between the beginnings of two builds, however often something changes."""

MOST: Final = timedelta(hours=23)
"""After so long a feed is built although nothing seems to have changed: daily, with room."""

DAY: Final = timedelta(hours=24)


def is_due(feed: Feed, choice: Choice, now: datetime) -> bool:
    """Whether the feed has to be built now."""
    build = feed.build
    if build is None:
        return True
    age = now - build.began_at
    return age >= MOST or (age >= LEAST and _is_dirty(feed, choice))


def late_by(feed: Feed, now: datetime) -> timedelta:
    """How much older than a day the feed is."""
    return max(now - feed.build.began_at - DAY, timedelta()) if feed.build else timedelta()


def _is_dirty(feed: Feed, choice: Choice) -> bool:
    """A change that may have gone on when the build began may be missing in it."""
    build, changed = feed.build, feed.changed_until
    assert build
    return build.choice != choice.digest or (changed is not None and changed >= build.began_at)
