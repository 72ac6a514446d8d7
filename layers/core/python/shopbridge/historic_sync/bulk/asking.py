"""Asks Shopify to begin operations, looks how far they are, and calls them off."""

from datetime import timedelta
from typing import Final

from shopbridge.errors import AdminRejected, Rejected, Unavailable
from shopbridge.historic_sync.bulk.operation import AT_SHOPIFY, OVER, Operation
from shopbridge.historic_sync.reader import search
from shopbridge.historic_sync.step import Desk
from shopbridge.historic_sync.streams import SOURCES, Bulk
from shopbridge.shopify.bulk import MOST, Told
from shopbridge.shopify.documents import inner

TRIES: Final = 3
"""How often an operation is begun before its slices are read in another way."""
STUCK: Final = timedelta(hours=2)
"""Without one more object for so long, an operation is called off."""
HOPELESS: Final = "ACCESS_DENIED"
"""What Shopify denies, it denies the next time."""


class NotBrought(Rejected):
    """No bulk operation brought what was to be read by nothing else."""


def begin(desk: Desk) -> None:
    """Begin as many of the run's operations as may run at once."""
    operations = desk.runs.operations(desk.run)
    free = MOST - sum(one.state == "running" for one in operations)
    for one in operations:
        if free <= 0:
            return
        if one.state in ("planned", "asked"):
            if _asked(desk, one).state == "planned":
                return
            free -= 1


def look(desk: Desk, one: Operation) -> Operation:
    """See how far an operation is that Shopify was asked for."""
    told = desk.bulk().look(one.id)
    if told is None:
        return failed(desk, one, "Shopify knows it no more")
    match told.status:
        case "COMPLETED":
            return _completed(desk, one, told)
        case "CREATED" | "RUNNING":
            return _running(desk, one, told)
        case _:
            return failed(desk, one, told.error_code or told.status)


def failed(desk: Desk, one: Operation, reason: str) -> Operation:
    """
    Begin it once more; after the last try its slices are read by pages.

    Raises:
        NotBrought: this run is to be read by bulk operations alone.
    """
    desk.results.delete(one)
    tries = one.tries + 1
    if tries < TRIES and reason != HOPELESS:
        return desk.runs.save(one.again(tries=tries, reason=reason, id=one.id))
    if desk.run.reader == "bulk":
        raise NotBrought(f"no bulk operation brought {one.stream}: {reason}")
    for each in desk.runs.slices(desk.run):
        if one.covers(each) and each.state == "reading" and each.reader == "bulk":
            desk.runs.save(each, reader="pages")
    return desk.runs.save(one.again(tries=tries, reason=reason, state="given up"))


def withdraw(desk: Desk) -> None:
    """Call off what Shopify is still doing for a run that goes on no more, or not now."""
    for one in desk.runs.operations(desk.run):
        if one.state in AT_SHOPIFY:
            _call_off(desk, one)
            desk.runs.save(one.again(id=one.id))
        elif desk.run.is_over and one.state not in OVER:
            desk.results.delete(one)
            desk.runs.save(one.again(state="given up"))


def query_of(desk: Desk, one: Operation) -> str:
    """Write what Shopify is asked; the same for the same operation of the same run."""
    source = SOURCES[one.stream]
    window = one.window(desk.runs.slices(desk.run))
    return inner(bulk_of(one).document, search(window, source.listed_by))


def bulk_of(one: Operation) -> Bulk:
    """Return how the operation's stream is read in bulk."""
    bulk = SOURCES[one.stream].bulk
    assert bulk is not None
    return bulk


def _asked(desk: Desk, one: Operation) -> Operation:
    query, bulk = query_of(desk, one), desk.bulk()
    if one.state == "asked":  # its answer never came; Shopify may have begun it
        found = bulk.find(query, besides=one.id)
    else:
        found, one = None, desk.runs.save(one, state="asked", asked_at=desk.now())
    id_ = found or bulk.run(query, grouped=bool(bulk_of(one).nested))
    if id_ is None:
        return desk.runs.save(one, state="planned")
    return desk.runs.save(one, state="running", id=id_, moved_at=desk.now())


def _completed(desk: Desk, one: Operation, told: Told) -> Operation:
    size = told.file_size or 0
    if told.object_count and not (told.url and size):
        return failed(desk, one, "it ended without a result")
    return desk.runs.save(
        one,
        state="fetching",
        sleeps=False,
        objects=told.object_count,
        roots=told.root_object_count,
        size=size,
    )


def _running(desk: Desk, one: Operation, told: Told) -> Operation:
    now = desk.now()
    if told.object_count > one.objects:
        return desk.runs.save(one, objects=told.object_count, moved_at=now)
    if one.moved_at and now - one.moved_at >= STUCK:
        desk.bulk().cancel(one.id)
        return failed(desk, one, "nothing moved for two hours")
    return one


def _call_off(desk: Desk, one: Operation) -> None:
    """Cancel an operation, as far as Shopify still listens: an app that was removed has no say."""
    try:
        id_ = one.id if one.state == "running" else desk.bulk().find(query_of(desk, one), one.id)
        if id_:
            desk.bulk().cancel(id_)
    except (AdminRejected, Unavailable):
        return
