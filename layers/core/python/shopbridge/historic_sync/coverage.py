"""How far back a store's past was read, and how far Shopify lets the app see. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shopbridge.historic_sync.run import Run, Stream
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.stores.store import Store

Floor = Mapping[Stream, datetime]
"""Streams of which only what was created since then was read."""


def reach(store: Store, stream: Stream, now: datetime) -> datetime | None:
    """Return since when Shopify shows a stream to the app; None where it shows all of it."""
    source = SOURCES[stream]
    if source.reaches_days is None or source.everything in (store.scopes or ()):
        return None
    return now - timedelta(days=source.reaches_days)


def seen(store: Store, stream: Stream, wanted: Window) -> Window:
    """Return the part of `wanted` in which the app may see a stream."""
    shown = reach(store, stream, wanted.until)
    return Window(max(filter(None, (wanted.since, shown)), default=None), wanted.until)


def left(last: Run) -> Floor:
    """Return what no run up to `last` has read; an extension that came to nothing is undone."""
    has_read = last.state in ("COMPLETE", "COMPLETE_WITH_GAPS")
    return last.floor if has_read else last.floor | last.tops


def extendable(last: Run, store: Store, now: datetime) -> Floor:
    """Return what of it the app may see by now."""

    def is_seen(stream: Stream, at: datetime) -> bool:
        since = reach(store, stream, now)
        return since is None or since < at

    return {stream: at for stream, at in left(last).items() if is_seen(stream, at)}
