"""Times as people write them on a command line: `2h`, `3d`, or ISO 8601."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from shopbridge import times

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

Since = Annotated[str, typer.Option(help="From when on: 90m, 2h, 3d, or 2026-11-23T07:00Z.")]


def moment(written: str, now: datetime | None = None) -> datetime:
    """
    Read a point in time; a span counts back from `now`.

    Raises:
        BadParameter: neither a span nor a time.
    """
    span = re.fullmatch(r"(\d+)([smhd])", written.strip())
    if span:
        ago = timedelta(**{_UNITS[span[2]]: int(span[1])})
        return (now or datetime.now(UTC)) - ago
    try:
        return times.parse(written.strip())
    except ValueError as exc:
        raise typer.BadParameter(f"{written!r} is neither a time nor a span such as 2h") from exc
