"""Times as Shopbridge keeps them: aware, UTC, written as `2026-11-23T07:48:00.000000Z`."""

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(minutes=5)
"""How far ahead of our clock a sender's time may be before it is clamped."""


def utc(at: datetime) -> datetime:
    """
    Return `at` in UTC; a time without zone is taken as UTC.

    So is one whose zone would move it out of the calendar (year 1 or 9999).
    """
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def text(at: datetime) -> str:
    """Write `at` so that texts sort as times do (microseconds, UTC, `Z`)."""
    return utc(at).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def parse(written: str) -> datetime:
    """
    Read an ISO 8601 time; nanoseconds are cut to microseconds.

    Raises:
        ValueError: not a time.
    """
    head, dot, tail = written.partition(".")
    if dot:
        digits = len(tail) - len(tail.lstrip("0123456789"))
        written = f"{head}.{tail[: min(digits, 6)]:0<6}{tail[digits:]}"
    return utc(datetime.fromisoformat(written.replace("Z", "+00:00")))


def clamped(at: datetime, now: datetime) -> datetime:
    """Return `at`, or five minutes from `now` where the sender's clock runs ahead."""
    return min(at, now + AHEAD)


def second(at: datetime) -> datetime:
    """Return the second of `at`: Shopify dates by these, so what it dates may be compared."""
    return at.replace(microsecond=0)
