"""Figures: how fast a bulk operation's result becomes commands, and how much memory that takes."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks import exports, scene
from benchmarks.cpu import compare
from benchmarks.figure import Figure, Goal
from benchmarks.places import ROOT
from shopbridge.historic_sync.bulk.lines import Object, objects, whole_lines
from shopbridge.historic_sync.chunks import Numbered, chunks
from shopbridge.historic_sync.numbering import number
from shopbridge.historic_sync.run import Stream
from shopbridge.historic_sync.streams import SOURCES, Found, Reading
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned_json
from shopbridge.times import parse

SPEED = Goal(limit=0.7, at_least=True)
MEMORY = Goal(limit=1)
LINES = 4_000
"""Of the comparison; of the memory once, ten times as many."""
TIMES = 8
READING = Reading(parse("2026-11-25T08:00:00Z"), (), scene.PROFILE)


def speed() -> Figure:
    """
    Compare reading, grouping and mapping with decoding the same lines, which is a goal of lines.

    What an order means is another matter: its four activities take ten times its lines, in
    bulk as by webhook (`translation`); that is among the parts.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.jsonl"
        exports.write(file, LINES)
        to_commands = compare(lambda: decoded(file), lambda: mapped(file))
        to_messages = compare(lambda: decoded(file), lambda: in_chunks(file))
        sold = Path(folder) / "orders.jsonl"
        exports.write(sold, LINES // 10, exports.order)
        grouped = compare(lambda: decoded(sold), lambda: gathered(sold))
        orders = compare(lambda: decoded(sold), lambda: mapped(sold, "orders"))
    return Figure(
        name="bulk",
        title="bulk lines read, grouped, mapped per CPU second ÷ a bare orjson.loads loop",
        goal=SPEED,
        value=min(to_commands.ratio, grouped.ratio),
        parts={
            "lines per CPU second": _rate(to_commands.second),
            "orjson.loads": _rate(to_commands.first),
            "ratio with commands put into messages": round(to_messages.ratio, 2),
            "ratio of orders with three lines, grouped": round(grouped.ratio, 2),
            "ratio of these, mapped to their activities": round(orders.ratio, 2),
            "such orders per CPU second": round(LINES / 10 / orders.second * 1e6),
        },
    )


def memory() -> Figure:
    """Read a result and one eight times as long, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = {times: _peak(Path(folder), LINES * 10 * times) for times in (1, TIMES)}
    return Figure(
        name="bulk_memory",
        title=f"peak memory, in MB, that {TIMES} times as many JSON lines take more",
        goal=MEMORY,
        value=max(0.0, peaks[TIMES] - peaks[1]),
        parts={f"MB, {times} times the lines": round(mb, 1) for times, mb in peaks.items()},
    )


def decoded(file: Path) -> None:
    """Decode every line and do nothing with it: the yardstick."""
    for line in whole_lines(exports.blocks(file)):
        orjson.loads(line)


def gathered(file: Path) -> None:
    """Read orders and put their lines back into them, no more."""
    for _ in _objects(file, "orders"):
        pass


def mapped(file: Path, stream: Stream = "customers") -> None:
    """Read, group and map every line, as the task does."""
    for _ in _commands(file, stream):
        pass


def in_chunks(file: Path) -> None:
    """Do the same, and cut the commands into messages."""
    for _ in chunks(_commands(file)):
        pass


def _objects(file: Path, stream: Stream) -> Iterator[Object]:
    bulk = SOURCES[stream].bulk
    assert bulk is not None
    return objects(whole_lines(exports.blocks(file)), 0, bulk.nested)


def _commands(file: Path, stream: Stream = "customers") -> Iterator[Numbered]:
    means = SOURCES[stream].means
    for one in _objects(file, stream):
        found = Found(plain_id(one.id), cleaned_json(one.text))
        for place, command in means(found, READING).items():
            yield number(found.id, place), command


def _rate(micros: float) -> int:
    return round(LINES / micros * 1e6)


def _peak(folder: Path, lines: int) -> float:
    """Return the most memory, in MB, that a process takes which reads so many lines."""
    file = folder / f"{lines}.jsonl"
    exports.write(file, lines)
    asked = [sys.executable, "-m", "benchmarks.bulk", str(file)]
    done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    file.unlink()
    return int(done.stdout) / 1024


def _read(file: Path) -> int:
    """Read `file` and return the most kB that this process ever held."""
    in_chunks(file)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(_read(Path(sys.argv[1])))
