"""Prints figures for people, and writes them for programs."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from benchmarks.figure import Figure

WIDTH = 96


def told(figure: Figure) -> str:
    """Write one figure: its value against its goal, then what it is made of."""
    value = "" if figure.value is None else f"{figure.unit}{figure.value:.2f}  "
    lines = [f"{figure.title}", f"  {value}goal {figure.goal}  {figure.verdict}"]
    lines += [f"    {name}: {part}" for name, part in figure.parts.items()]
    why = figure.skipped or (figure.reason if figure.verdict.startswith("missed") else "")
    lines += [f"  {line}" for line in wrap(why, WIDTH)]
    return "\n".join(lines)


def written(figures: Sequence[Figure], now: datetime) -> dict[str, Any]:
    """Return the report as JSON holds it, with the machine in plain words."""
    return {
        "at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "figures": [figure.as_json() for figure in figures],
    }


def write(figures: Sequence[Figure], now: datetime, to: Path | None) -> None:
    """Write the JSON report to `to`, None for standard output."""
    text = json.dumps(written(figures, now), indent=2, ensure_ascii=False)
    if to is None:
        print(text)
    else:
        to.write_text(f"{text}\n")


def say(text: str) -> None:
    """Tell how far it is, beside the report."""
    print(text, file=sys.stderr, flush=True)
