"""Figure: a cold start, beside the typical handler's, both under Lambda's runtime interface."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import bodies, lambda_environment, scene
from benchmarks.emulated import Function, Start, Unanswered, cold_start
from benchmarks.fake_aws import FakeAws, self_signed, serving
from benchmarks.figure import Figure, Goal
from benchmarks.places import NotBuilt, Trees, trees

NAME = "cold"
TITLE = "cold start ÷ the typical handler with Powertools, pydantic and boto3"
GOAL = Goal(limit=0.20)
PAIRS = 7
TRIES = 30
WAITED = 0.02
"""
Seconds that a start may take beyond its own CPU time, for the answers of the fake. In a
pair where it took longer, somebody else had the processor: its clock says nothing about us.
"""

Pair = tuple[Start, Start]

OURS_SENDS = {"GetParameter": 1, "UpdateItem": 2, "GetItem": 1, "Publish": 1}
TYPICAL_SENDS = {"SendMessage": 1}


def measure() -> Figure:
    """Start both in turns and time their first answers, each with its calls over TLS."""
    if sys.platform != "linux":
        return _skipped("the runtime interface emulator runs on Linux only")
    try:
        starts = _starts(trees())
    except NotBuilt as exc:
        return _skipped(str(exc))
    quiet = [pair for pair in starts if _is_quiet(pair)]
    busy = len(quiet) < PAIRS
    measured = starts if busy else quiet
    ours, typical = zip(*measured, strict=True)
    cpu = median(one.cpu / other.cpu for one, other in measured)
    wall = median(one.seconds / other.seconds for one, other in measured)
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=cpu if busy else wall,
        parts={
            "measured": "CPU time, since the machine was busy" if busy else "by the clock",
            "pairs": len(measured),
            "ours, ms": round(median(start.seconds for start in ours) * 1e3),
            "typical, ms": round(median(start.seconds for start in typical) * 1e3),
            "ratio of CPU times": round(cpu, 3),
            "ours, CPU ms": round(median(start.cpu for start in ours) * 1e3),
            "typical, CPU ms": round(median(start.cpu for start in typical) * 1e3),
        },
    )


def _is_quiet(pair: Pair) -> bool:
    return all(start.seconds - start.cpu < WAITED for start in pair)


def _skipped(why: str) -> Figure:
    return Figure(name=NAME, title=TITLE, goal=GOAL, skipped=why)


def _starts(built: Trees) -> list[Pair]:
    event = json.dumps(scene.event(bodies.order(bodies.SMALL))).encode()
    with TemporaryDirectory() as directory:
        certificate = self_signed(Path(directory))
        with serving(certificate) as aws:
            ours = _ours(built, Path(directory), certificate, aws.url)
            typical = _typical(built, Path(directory), certificate, aws.url)
            _check(ours, event, aws, OURS_SENDS)
            _check(typical, event, aws, TYPICAL_SENDS)
            return _undisturbed(lambda: (cold_start(ours, event), cold_start(typical, event)))


def _undisturbed(pair: Callable[[], Pair]) -> list[Pair]:
    """Run pairs until enough had the processor to themselves, or patience ends."""
    pairs: list[Pair] = []
    while len(pairs) < TRIES and sum(map(_is_quiet, pairs)) < PAIRS:
        pairs.append(pair())
    return pairs


def _ours(built: Trees, place: Path, certificate: Path, url: str) -> Function:
    """Our function; its copy of the layer trusts the fake beside Amazon's five roots."""
    core = place / "core"
    shutil.copytree(built["core"], core)
    _trusting(core / "shopbridge" / "aws" / "amazon_roots.pem", certificate)
    imports_from = [built["function"], str(core), built["lean"], built["runtime"]]
    return Function(
        built["emulator"],
        "create.handler",
        lambda_environment.variables(imports_from) | {"AWS_ENDPOINT_URL": url},
    )


def _typical(built: Trees, place: Path, certificate: Path, url: str) -> Function:
    """The typical handler; its bundle is botocore's own and the fake's certificate."""
    bundle = place / "cacert.pem"
    shutil.copy(Path(built["runtime"], "botocore", "cacert.pem"), bundle)
    _trusting(bundle, certificate)
    return Function(
        built["emulator"],
        "benchmarks.baselines.typical.handler",
        lambda_environment.variables(built.typical())
        | {"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(bundle)},
    )


def _trusting(bundle: Path, certificate: Path) -> None:
    text = certificate.read_text().partition("-----BEGIN PRIVATE")[0]
    bundle.write_text(f"{bundle.read_text()}\n{text}")


def _check(function: Function, event: bytes, aws: FakeAws, sends: Mapping[str, int]) -> None:
    """Start once unmeasured, which also warms the disk, and see that the calls were made."""
    aws.asked.clear()
    cold_start(function, event)
    if aws.asked != sends:
        raise Unanswered(f"{function.handler} asked for {dict(aws.asked)}, not {dict(sends)}")
