"""Takes a run's bulk operations as far as they go now, and says when to look again."""

from collections.abc import Callable, Mapping

from shopbridge.historic_sync.bulk.asking import begin, look
from shopbridge.historic_sync.bulk.fetching import fetch
from shopbridge.historic_sync.bulk.operation import OVER, Operation, State
from shopbridge.historic_sync.bulk.taking import read
from shopbridge.historic_sync.step import DONE, MORE, Desk, Step

SHORTEST, LONGEST = 2, 60
"""Seconds between two looks, where no webhook comes before."""

MOVES: Mapping[State, Callable[[Desk, Operation], Operation]] = {
    "running": look,
    "fetching": fetch,
    "reading": read,
}


def advance(desk: Desk) -> Step:
    """Go on with each operation; `done` where all are over."""
    for one in _left(desk):
        after = _moved(desk, one)
        if after.state in ("fetching", "reading"):
            return MORE
    begin(desk)
    left = _left(desk)
    return _sleep(desk, left) if left else DONE


def _left(desk: Desk) -> list[Operation]:
    return [one for one in desk.runs.operations(desk.run) if one.state not in OVER]


def _moved(desk: Desk, one: Operation) -> Operation:
    """Do what there is to do; an operation that runs is looked at once."""
    while one.state in MOVES and not desk.is_late():
        before, one = one, MOVES[one.state](desk, one)
        if one.state == before.state == "running":
            break
    return one


def _sleep(desk: Desk, left: list[Operation]) -> Step:
    """Wait, the longer the longer it takes; the end of an operation may wake the run before."""
    waited = [LONGEST * 2]
    for one in left:
        if one.state == "running":
            assert one.asked_at is not None
            waited.append(round((desk.now() - one.asked_at).total_seconds()) // 4)
            if not one.sleeps:
                desk.runs.save(one, sleeps=True)
    return Step("wait", min(LONGEST, max(SHORTEST, min(waited))))
