"""How the past of a store is cut into windows."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.historic_sync.reader import search
from shopbridge.historic_sync.slicing import Window, cut

UNTIL = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAYS = 1_000
Moments = list[datetime]


def counting(created: Moments, window: Window) -> int:
    """Count as Shopify does: from `since`, before `until`."""
    low = bisect_left(created, window.since) if window.since else 0
    return bisect_left(created, window.until) - low


moments = st.lists(
    st.integers(1, DAYS * 86_400).map(lambda seconds: UNTIL - timedelta(seconds=seconds)),
    max_size=60,
).map(sorted)


@given(moments, st.integers(1, 20))
def test_windows_cover_everything_once(created: Moments, most: int) -> None:
    """Newest first, each where the other ended, none too large that can be halved."""
    whole = Window(None, UNTIL)

    found = list(
        cut(whole, lambda w: counting(created, w), lambda: created[0] if created else None, most)
    )

    windows = [one.window for one in found]
    assert windows[0].until == UNTIL
    assert windows[-1].since is None
    assert all(newer.since == older.until for newer, older in pairwise(windows))
    assert sum(one.objects for one in found) == len(created)
    for window, objects in found:
        since = window.since or (created[0] if created else UNTIL)
        assert objects <= most or window.until - since <= timedelta(seconds=1)


def test_small_store_is_one_window() -> None:
    """Nobody asks for the oldest where one window does."""
    found = list(cut(Window(None, UNTIL), lambda _: 3, lambda: 1 / 0))  # type: ignore[arg-type, return-value]  # must not be called

    assert found == [(Window(None, UNTIL), 3)]


def test_times_are_quoted() -> None:
    """Shopify drops a filter whose time is not, and finds everything."""
    since = datetime(2026, 11, 1, tzinfo=UTC)

    assert search(Window(since, UNTIL), "created_at") == (
        "created_at:>='2026-11-01T00:00:00Z' AND created_at:<'2026-11-23T12:00:00Z'"
    )
    assert search(Window(None, UNTIL), "customer_date") == "customer_date:<'2026-11-23T12:00:00Z'"
