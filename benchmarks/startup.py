"""Figure: instructions until a topic Lambda is ready, beside a process with one boto3 client."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import lambda_environment
from benchmarks.figure import Figure, Goal
from benchmarks.places import trees

NAME = "startup"
TITLE = "start-up instructions of a topic Lambda ÷ a process that creates one boto3 SQS client"
GOAL = Goal(limit=0.40)

EMPTY = "pass"
OURS = "import create; create.handler.services()"
COLLECT = "import collect; collect.handler.services()"
BOTO3 = "import boto3; boto3.client('sqs')"

_COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")


def measure() -> Figure:
    """Count both under valgrind's cachegrind: the same on a busy machine as on an idle one."""
    if shutil.which("valgrind") is None:
        return Figure(
            name=NAME, title=TITLE, goal=GOAL, skipped="valgrind is not installed (apt, brew)"
        )
    built = trees()
    empty = instructions(EMPTY, [])
    ours = instructions(OURS, built.lean())
    collect = instructions(COLLECT, [built["collect"], *built.lean()[1:]])
    boto3 = instructions(BOTO3, [built["runtime"]])
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=max(ours, collect) / boto3,
        parts={
            "topic Lambda, million instructions": round(ours / 1e6),
            "POST /collect, million instructions": round(collect / 1e6),
            "boto3 client, million instructions": round(boto3 / 1e6),
            "empty Python, million instructions": round(empty / 1e6),
        },
    )


def instructions(program: str, imports_from: Sequence[str]) -> int:
    """Count the instructions of a Python that runs `program`; its bytecode is compiled before."""
    # The interpreter itself, without this virtual environment and its packages.
    python = Path(sys.executable).resolve()
    with TemporaryDirectory() as empty:
        done = subprocess.run(
            ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
             python, "-S", "-c", program],
            env=lambda_environment.variables(imports_from) | {"PYTHONHASHSEED": "0"},
            cwd=empty,
            capture_output=True,
            text=True,
            check=True,
        )  # fmt: skip
    return counted(done.stderr)


def counted(told: str) -> int:
    """Read the number of instructions out of cachegrind's summary."""
    found = _COUNT.search(told)
    if not found:
        raise ValueError(f"cachegrind told no count: {told[-500:]}")
    return int(found[1].replace(",", ""))
