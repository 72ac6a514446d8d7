"""Times on a command line are spans back from now, or ISO 8601."""

from datetime import UTC, datetime

import pytest
import typer

from cli.spans import moment

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("90m", datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        ("2h", datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        ("3d", datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
        ("0s", NOW),
        ("2026-11-23T07:00Z", datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        ("2026-11-23T07:00+02:00", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, 0, 0, tzinfo=UTC)),
    ],
)
def test_moment(written: str, expected: datetime) -> None:
    """A span counts back from now; a time without zone is UTC."""
    at = moment(written, NOW)

    assert at == expected


@pytest.mark.parametrize("written", ["", "yesterday", "-2h", "2 h", "2w"])
def test_anything_else_is_refused(written: str) -> None:
    """A typing mistake never becomes another time."""
    with pytest.raises(typer.BadParameter):
        moment(written, NOW)
