"""`python -m benchmarks`: measures every figure, or those named; 1 where a goal is missed anew."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import bulk, cold, collecting, feed, page, report, startup, translation, warm
from benchmarks.figure import Figure
from benchmarks.history import carried, delay
from benchmarks.history import figure as history
from benchmarks.known import REASONS
from benchmarks.price import figure as price

FIGURES: dict[str, Callable[[], Figure]] = {
    "startup": startup.measure,
    "cold": cold.measure,
    "warm": warm.measure,
    "collecting": collecting.measure,
    "translation": translation.measure,
    "price": price.measure,
    "page": page.measure,
    "feed": feed.measure,
    "history": history.measure,
    "carried": carried.measure,
    "delay": delay.measure,
    "bulk": bulk.speed,
    "bulk_memory": bulk.memory,
}


def main() -> int:
    """Measure one after the other, and print each as soon as it is there."""
    asked = _options().parse_args()
    figures = []
    for name in asked.figures or FIGURES:
        report.say(f"measuring {name} ...")
        figure = FIGURES[name]()
        figures.append(replace(figure, reason=REASONS.get(name, "")))
        if not asked.json:
            print(report.told(figures[-1]), flush=True)
    if asked.json or asked.report:
        report.write(figures, datetime.now(UTC), asked.report)
    return 1 if any(figure.fails for figure in figures) else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the JSON report there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
