"""
What one reconciliation of a store found: ids and counts, nothing else of anybody.

Written as JSON for programs and as one HTML page for people, both below
`reconciliation/<store>/` in the bucket of kept content.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from shopbridge.historic_sync.run import Stream
from shopbridge.reconciliation.finding import Check
from shopbridge.reconciliation.seen import FINDINGS, Compared, Gap, gap, ids, whys


class StreamReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one stream."""

    stream: Stream
    since: datetime
    """From when on changes were looked at."""
    until: datetime
    """As far as they were: what changed later may still be on its way."""
    compared: int
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    unrecoverable: tuple[str, ...] = ()
    whys: dict[str, int] = {}
    """Why what is unrecoverable is so, and how much of it."""
    parked: int = 0
    disabled: int = 0
    unidentified: int = 0
    erased: int = 0
    repaired: int = 0
    """Objects for which commands were sent."""
    left: int = 0
    """Objects that the cap left for the next time."""
    is_whole: bool = True
    """False where time was up before all had been compared; the next time goes on."""
    gap: Gap | None = None

    @property
    def findings(self) -> int:
        """How many objects are not as they should be."""
        return sum(len(getattr(self, state)) for state in FINDINGS)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One reconciliation."""

    store: str
    run: str
    at: datetime
    dry_run: bool
    held: str = ""
    """Why data was not compared; empty where it was."""
    checks: tuple[dict[str, Any], ...] = ()
    """What is not right with the connection, and what was done about it."""
    streams: tuple[StreamReport, ...] = ()

    @property
    def findings(self) -> int:
        """How much was found, mended or not."""
        wrong = sum(1 for one in self.checks if not one["ok"])
        return wrong + sum(one.findings for one in self.streams)

    @property
    def unmended(self) -> int:
        """How many findings about the connection somebody has to look into."""
        return sum(1 for one in self.checks if not one["ok"] and not one["mended"])


def stream_report(compared: Compared, repaired: int, left: int) -> StreamReport:
    """Sum up what was compared."""
    seen = compared.seen
    return StreamReport(
        stream=compared.stream,
        since=compared.span.since,
        until=compared.span.until,
        compared=sum(1 for one in seen if "#" not in one.id),  # what is beside has it in its name
        missing=ids(seen, "missing"),
        stale=ids(seen, "stale"),
        consent=ids(seen, "consent"),
        extra=ids(seen, "extra"),
        unrecoverable=ids(seen, "unrecoverable"),
        whys=whys(seen),
        parked=len(ids(seen, "parked")),
        disabled=len(ids(seen, "disabled")),
        unidentified=len(ids(seen, "unidentified")),
        erased=len(ids(seen, "erased")),
        repaired=repaired,
        left=left,
        is_whole=compared.is_whole,
        gap=gap(seen),
    )


def told(checks: Iterable[Check]) -> tuple[dict[str, Any], ...]:
    """Write checks for a report."""
    return tuple(asdict(one) for one in checks)


def to_json(report: Report) -> dict[str, Any]:
    """Write a report with its sums, for the command line and for programs."""
    written: dict[str, Any] = msgspec.to_builtins(report)
    return {**written, "findings": report.findings, "unmended": report.unmended}
