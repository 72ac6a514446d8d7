"""Figure: how long a store's whole past takes on this machine, by bulk operations."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.figure import Figure, Goal
from benchmarks.places import ROOT
from local.schema import SCHEMA

NAME = "carried"
TITLE = "20,000 customers, 30,000 orders, 5,000 products in bulk, verified complete: minutes"
GOAL = Goal(limit=10)


def measure() -> Figure:
    """
    Run it in a process of its own: tasks and workers, both simulators, AWS in memory.

    Raises:
        RuntimeError: the run is not complete, or something did not arrive.
    """
    if not SCHEMA.exists():
        return Figure(name=NAME, title=TITLE, goal=GOAL, skipped="run `make setup` first")
    asked = [sys.executable, "-m", "benchmarks.history.whole"]
    done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if not told["is_whole"]:
        raise RuntimeError(f"not everything arrived: {told}")
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=told["seconds"] / 60,
        parts={
            "arrived": ", ".join(f"{n} {stream}" for stream, n in told["arrived"].items()),
            "CPU minutes": round(told["cpu"] / 60, 1),
            "bulk operations": told["operations"],
            "writes to tables": told["writes"],
            "objects a second": round(sum(told["objects"].values()) / told["seconds"]),
            "driven": "handlers in one process, tables in memory, no emulator: it has 40 rows/s",
        },
    )
