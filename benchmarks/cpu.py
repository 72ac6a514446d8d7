"""CPU time of two pieces of work, taken in turns so that a busy machine slows both."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]

ROUNDS = 15
SECONDS = 0.03
"""CPU time of one turn; long against the clock's step, short against the neighbours'."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How two pieces of work compare; times are CPU microseconds for one call."""

    ratio: float
    """Median over the rounds of first ÷ second."""
    first: float
    second: float


def compare(first: Work, second: Work, *, rounds: int = ROUNDS) -> Pair:
    """Time `first` against `second` in turns; each time is the best of its rounds."""
    counts = _repeats(first), _repeats(second)
    gc.collect()
    gc.freeze()
    try:
        turns = [(_time(first, counts[0]), _time(second, counts[1])) for _ in range(rounds)]
    finally:
        gc.unfreeze()
    return Pair(
        ratio=median(one / other for one, other in turns),
        first=min(one for one, _ in turns) * 1e6,
        second=min(other for _, other in turns) * 1e6,
    )


def _repeats(work: Work) -> int:
    work()
    count = 1
    while (spent := _time(work, count) * count) < SECONDS / 4:
        count *= 2
    return max(round(count * SECONDS / spent), 1)


def _time(work: Work, count: int) -> float:
    began = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - began) / count
