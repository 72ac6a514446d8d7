"""Figure: what AWS charges for a million webhooks of the demo's mix."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, Goal
from benchmarks.places import ROOT
from benchmarks.price.bill import Used, per_million, prices
from local.schema import SCHEMA

NAME = "price"
TITLE = "AWS price per million webhooks on the demo's mix"
GOAL = Goal(limit=6)
BATCHES = (10, 100)
"""Messages in a worker's batch: a busy store, and many of them."""


def measure() -> Figure:
    """Count the calls of one stream, once for each size of batch; the dearer one counts."""
    if not SCHEMA.exists():
        return Figure(name=NAME, title=TITLE, goal=GOAL, skipped="run `make setup` first")
    bills = {batch: _bill(_counted(batch)) for batch in BATCHES}
    first = bills[BATCHES[0]]
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=sum(first.values()),
        unit="$",
        parts={
            **{part: round(dollars, 2) for part, dollars in _sorted(first)},
            **{
                f"all of it with batches of {batch}": round(sum(bill.values()), 2)
                for batch, bill in bills.items()
            },
        },
    )


def _counted(batch: int) -> dict[str, Any]:
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.price", "--batch", str(batch)],
        cwd=ROOT,
        env={"PATH": tools, "HOME": str(Path.home()), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    if told["surprises"]:
        raise RuntimeError(f"{told['surprises']} deliveries were not answered as they should be")
    return told


def _bill(told: dict[str, Any]) -> dict[str, float]:
    used: Used = Counter({(part, unit): amount for part, unit, amount in told["used"]})
    return per_million(used, told["webhooks"], prices().dollars)


def _sorted(bill: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(bill.items(), key=lambda each: -each[1])
