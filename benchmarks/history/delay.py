"""Figure: how much later live events reach Netcore while a store's past is carried over."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from benchmarks.figure import Figure, Goal
from benchmarks.places import ROOT
from local.schema import SCHEMA

NAME = "delay"
TITLE = "delay of live events beside a historic sync ÷ without one, worst 95th percentile"
GOAL = Goal(limit=1.2)

Delays = Mapping[str, Sequence[float]]
"""Seconds from accepted to received by Netcore, `alone` and `beside` a run."""


def measure() -> Figure:
    """
    Run both in a process of its own, one after the other, the same events in both.

    Raises:
        CalledProcessError: the run is not complete.
    """
    if not SCHEMA.exists():
        return Figure(name=NAME, title=TITLE, goal=GOAL, skipped="run `make setup` first")
    asked = [sys.executable, "-m", "benchmarks.history.beside"]
    done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told: dict[str, dict[str, Delays]] = json.loads(done.stdout.splitlines()[-1])
    each = {f"{kind}, {pace}": kinds[kind] for pace, kinds in told.items() for kind in kinds}
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=max(late(found["beside"]) / late(found["alone"]) for found in each.values()),
        parts={name: _told(found) for name, found in each.items()},
    )


def late(delays: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(delays, n=20, method="inclusive")[-1]


def _told(found: Delays) -> str:
    alone, beside = found["alone"], found["beside"]
    return (
        f"{late(beside) / late(alone):.2f} (95 %: {late(alone):.2f} s alone, {late(beside):.2f} s"
        f" beside; half: {median(alone):.2f} s, {median(beside):.2f} s; {len(beside)} events)"
    )
