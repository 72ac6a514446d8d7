"""The historic sync as its page shows it: how far it is, and what may be done with it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shopbridge.entry.api.desk import AtDesk, Desk, Sight
from shopbridge.entry.api.problems import Problem
from shopbridge.historic_sync import coverage
from shopbridge.historic_sync.control import MOST_DAYS, NothingToDo
from shopbridge.historic_sync.estimate import estimate
from shopbridge.historic_sync.progress import progress
from shopbridge.historic_sync.run import (
    STREAMS,
    Past,
    ReaderWanted,
    Run,
    RunState,
    in_order,
)
from shopbridge.historic_sync.streams import chosen
from shopbridge.stores.settings import whole

StreamState = Literal["planning", "reading", "sending", "verifying", "pending tail", "done"]


class StreamProgress(BaseModel):
    """How far one stream is."""

    stream: Past
    state: StreamState
    total: int
    """Objects, as Shopify counts them."""
    read: int
    done: int
    """Objects whose outcome is known."""
    gaps: int
    share: float
    """How much of the work is done, 0 to 1: reading is one half of it, arriving the other."""
    rate: float
    """Objects read in a second."""
    seconds_left: int | None
    tail_at: datetime | None
    """When its youngest orders are sent: a day later, so that no journey starts from history."""
    reach: datetime | None
    """Orders before this are kept from the app, as long as it lacks `read_all_orders`."""
    floor: datetime | None
    """What is older was not read; `POST /sync/extend` reads it, as far as the app may see it."""


class Sync(BaseModel):
    """The run that is going on, or the last one."""

    state: RunState | Literal["NOT BEGUN"]
    run: str = ""
    waiting: str = ""
    """Why nothing goes on at the moment."""
    reason: str = ""
    """Why it failed or was cancelled."""
    reader: ReaderWanted = "auto"
    """What was asked for when it was started."""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    gaps: int = 0
    streams: list[StreamProgress] = []
    chosen: list[Past] = []
    """What the settings choose; starting begins with these."""


class Gap(BaseModel):
    """Something that did not arrive, and why."""

    stream: Past
    id: str
    reason: str


class Gaps(BaseModel):
    """All gaps of the last run, for 14 days."""

    gaps: list[Gap]


class Estimated(BaseModel):
    """What one stream would take, at least; as if all of it were like its first page."""

    stream: Past
    objects: int
    commands: int
    shopify_queries: int
    shopify_points: int
    netcore_calls: int
    seconds: int
    """Of reading."""
    dollars: float
    """At AWS's list prices."""


class Plan(BaseModel):
    """What a dry run found."""

    dry_run: Literal[True] = True
    streams: list[Estimated]


class Start(BaseModel):
    """How to start."""

    model_config = ConfigDict(extra="forbid", strict=True)

    dry_run: bool = False
    """Say what it would take, and start nothing."""
    streams: Annotated[list[Past], Field(max_length=len(STREAMS))] | None = None
    """Of a dry run alone: other streams than those that the settings choose."""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS), BeforeValidator(whole)] | None = None
    """Go so many days back; `POST /sync/extend` reads the rest."""
    reader: ReaderWanted = "auto"
    """What reads the past: `auto` takes bulk operations for streams of 50,000 objects and more."""


def status(desk: AtDesk) -> Sync:
    """How far the historic sync is, and how the last one ended."""
    return seen(desk)


def seen(sight: Sight) -> Sync:
    """Tell the same of a store that is only looked at."""
    return _told(sight, sight.runs.latest())


def gaps(desk: AtDesk) -> Gaps:
    """What of the last run did not arrive, with ids and reasons."""
    run = desk.history.runs.latest()
    found = desk.manifests.summed_up(run) if run else []
    return Gaps(gaps=[Gap.model_validate(one) for one in found])


def start(desk: AtDesk, how: Annotated[Start, Body()]) -> Sync | Plan:
    """Start what the settings choose; where a run is going on, nothing happens."""
    desk.require_installed()
    streams = chosen(desk.store.settings)
    if how.dry_run:
        asked = in_order(how.streams) if how.streams else streams
        return Plan(streams=[_estimated(desk, stream, how.days) for stream in asked])
    return _told(desk, _done(lambda: desk.history.start(desk.store, streams, how.days, how.reader)))


def retry(desk: AtDesk) -> Sync:
    """Go for what the last run missed, and for nothing else."""
    desk.require_installed()
    return _told(desk, _done(lambda: desk.history.retry(desk.store)))


def extend(desk: AtDesk) -> Sync:
    """Read what is older than what was read so far."""
    desk.require_installed()
    return _told(desk, _done(lambda: desk.history.extend(desk.store)))


def pause(desk: AtDesk) -> Sync:
    """Stop reading after the page it is at; what was sent still arrives."""
    return _told(desk, _done(desk.history.pause))


def resume(desk: AtDesk) -> Sync:
    """Go on where it was paused."""
    desk.require_installed()
    return _told(desk, _done(desk.history.resume))


def cancel(desk: AtDesk) -> Sync:
    """End it for good; what was sent still arrives."""
    return _told(desk, _done(desk.history.cancel))


def _done(act: Callable[[], Run]) -> Run:
    try:
        return act()
    except NothingToDo as exc:
        raise Problem(HTTPStatus.CONFLICT, "nothing_to_do", f"Not now: {exc}.") from exc


def _estimated(desk: Desk, stream: Past, days: int | None) -> Estimated:
    window = coverage.seen(desk.store, stream, desk.history.window(days))
    with desk.shopify() as gateway:
        found = estimate(stream, gateway, desk.store.profile, window, desk.now)
    return Estimated.model_validate(found._asdict())


def _told(sight: Sight, run: Run | None) -> Sync:
    on = list(chosen(sight.store.settings))
    if run is None:
        return Sync(state="NOT BEGUN", chosen=on)
    streams = progress(run, sight.runs.slices(run), sight.now())
    return Sync(
        state=run.state,
        run=run.id,
        waiting=run.waiting,
        reason=run.reason,
        reader=run.reader,
        started_at=run.started_at,
        ended_at=run.ended_at,
        gaps=run.gaps,
        streams=[StreamProgress.model_validate(one._asdict()) for one in streams],
        chosen=on,
    )
