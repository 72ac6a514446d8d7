"""The historic sync as its page shows it: how far it is, and what may be done with it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict

from shopbridge.entry.api.desk import AtDesk, Desk
from shopbridge.entry.api.problems import Problem
from shopbridge.errors import Rejected
from shopbridge.historic_sync.control import NothingToDo
from shopbridge.historic_sync.progress import progress
from shopbridge.historic_sync.run import ReaderWanted, Run, RunState, Stream
from shopbridge.historic_sync.streams import chosen

StreamState = Literal["planning", "reading", "sending", "verifying", "pending tail", "done"]


class StreamProgress(BaseModel):
    """How far one stream is."""

    stream: Stream
    state: StreamState
    total: int
    """Objects, as Shopify counts them."""
    read: int
    done: int
    """Objects whose outcome is known."""
    gaps: int
    rate: float
    """Objects read in a second."""
    seconds_left: int | None
    tail_at: datetime | None
    """When its youngest orders are sent: a day later, so that no journey starts from history."""
    reach: datetime | None
    """Orders before this are kept from the app, as long as it lacks `read_all_orders`."""


class Sync(BaseModel):
    """The run that is going on, or the last one."""

    state: RunState | Literal["NONE"]
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
    chosen: list[Stream] = []
    """What the settings choose; starting begins with these."""


class Gap(BaseModel):
    """Something that did not arrive, and why."""

    stream: Stream
    id: str
    reason: str


class Gaps(BaseModel):
    """All gaps of the last run, for 14 days."""

    gaps: list[Gap]


class Counted(BaseModel):
    """What a run would do, without doing it."""

    stream: Stream
    objects: int
    shopify_queries: int
    """At least so many."""
    netcore_calls: int
    """At least so many."""


class Plan(BaseModel):
    """What a dry run found."""

    dry_run: Literal[True] = True
    streams: list[Counted]


class Start(BaseModel):
    """How to start."""

    model_config = ConfigDict(extra="forbid", strict=True)

    dry_run: bool = False
    reader: ReaderWanted = "auto"
    """What reads the past: `auto` takes bulk operations for streams of 50,000 objects and more."""


def status(desk: AtDesk) -> Sync:
    """How far the historic sync is, and how the last one ended."""
    return _told(desk, desk.history.runs.latest())


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
        return Plan(streams=[_counted(desk, stream) for stream in streams])
    return _told(desk, _done(lambda: desk.history.start(desk.store, streams, how.reader)))


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


def _counted(desk: Desk, stream: Stream) -> Counted:
    try:
        objects = desk.past(stream).count(desk.history.window())
    except Rejected as exc:
        raise Problem(HTTPStatus.CONFLICT, "shopify_refuses", f"{exc}.") from exc
    return Counted(
        stream=stream,
        objects=objects,
        shopify_queries=-(-objects // 250),
        netcore_calls=-(-objects // 1000) if stream == "customers" else 0,
    )


def _told(desk: Desk, run: Run | None) -> Sync:
    on = list(chosen(desk.store.settings))
    if run is None:
        return Sync(state="NONE", chosen=on)
    streams = progress(run, desk.history.runs.slices(run), desk.now())
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
