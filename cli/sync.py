"""`shopbridge sync`: the past of a store, carried over once; how far it is, and what it missed."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, NamedTuple

import typer

from cli.answer import AsJson, Ending, ended
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.history import show_plan, show_run
from shopbridge.historic_sync.control import MOST_DAYS, Control, NothingToDo
from shopbridge.historic_sync.coverage import seen
from shopbridge.historic_sync.estimate import Estimate, estimate
from shopbridge.historic_sync.progress import progress
from shopbridge.historic_sync.run import ReaderWanted, Run, Stream
from shopbridge.historic_sync.streams import chosen
from shopbridge.stores.store import Store

app = typer.Typer(no_args_is_help=True, help="Historic sync: start it, follow it, hold it.")

LOOK_SECONDS = 2
UNSOUND = ("COMPLETE_WITH_GAPS", "FAILED")
"""Ends that somebody should look into: exit code 1."""


class Opened(NamedTuple):
    """A store and what controls its historic sync."""

    deployment: Deployment
    store: Store
    control: Control


@app.command()
@remote()
def start(
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_DAYS, help="Go so far back; `extend` reads the rest."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option(help="Say what it would take, and start nothing.")
    ] = False,
    reader: Annotated[
        ReaderWanted,
        typer.Option(help="auto: bulk operations for streams of 50,000 objects and more."),
    ] = "auto",
) -> None:
    """Start what the settings choose, the newest first; nothing happens where a run is going on."""
    opened = _open(stage, region, store)
    streams = chosen(opened.store.settings)
    if dry_run:
        show_plan(_plan(opened, streams, days), as_json=as_json)
        return
    _do(opened, lambda: opened.control.start(opened.store, streams, days, reader), as_json)


@app.command()
@remote()
def retry(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Go for what the last run missed, and for nothing else."""
    opened = _open(stage, region, store)
    _do(opened, lambda: opened.control.retry(opened.store), as_json)


@app.command()
@remote()
def extend(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Read what is older than what was read so far."""
    opened = _open(stage, region, store)
    _do(opened, lambda: opened.control.extend(opened.store), as_json)


@app.command()
@remote()
def status(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Print how far the run is, or how the last one ended; exit code 1 for gaps or a failure."""
    opened = _open(stage, region, store)
    run = opened.control.runs.latest()
    if run is None:
        raise ended(Ending.FINDINGS, "no historic sync yet: `shopbridge sync start`")
    _show(opened, run, as_json)
    if run.state in UNSOUND:
        raise ended(Ending.FINDINGS)


@app.command()
@remote()
def watch(
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
    seconds: Annotated[int, typer.Option(help="Give up after so many; 0: never.")] = 0,
) -> None:
    """Follow the run to its end; exit code 1 unless it is complete."""
    opened, began = _open(stage, region, store), time.monotonic()
    while True:
        run = opened.control.runs.latest()
        if run is None:
            raise ended(Ending.FINDINGS, "no historic sync yet: `shopbridge sync start`")
        if not as_json or run.is_over:
            _show(opened, run, as_json)
        if run.is_over or (seconds and time.monotonic() - began > seconds):
            break
        time.sleep(LOOK_SECONDS)
    if run.state != "COMPLETE":
        raise ended(Ending.FINDINGS)


@app.command()
@remote()
def pause(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Stop reading after the page it is at; what was sent still arrives."""
    opened = _open(stage, region, store)
    _do(opened, opened.control.pause, as_json)


@app.command()
@remote()
def resume(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Go on where it was paused."""
    opened = _open(stage, region, store)
    _do(opened, opened.control.resume, as_json)


@app.command()
@remote()
def cancel(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """End it for good; what was sent still arrives."""
    opened = _open(stage, region, store)
    _do(opened, opened.control.cancel, as_json)


@app.command()
@remote()
def gaps(store: StoreName = None, stage: Stage = None, region: Region = None) -> None:
    """Print what the last run missed, as JSON: stream, id and reason; kept for 14 days."""
    opened = _open(stage, region, store)
    run = opened.control.runs.latest()
    found = opened.deployment.manifests(opened.store.name).summed_up(run) if run else []
    typer.echo(json.dumps(found, indent=2))
    if found:
        raise ended(Ending.FINDINGS)


def _open(stage: str | None, region: str | None, store: str | None) -> Opened:
    deployment = connect(stage, region)
    name = deployment.store(store)
    found = deployment.repository(name).get()
    if found is None:
        raise ended(Ending.FINDINGS, f"{name} has not installed the app")
    return Opened(deployment, found, deployment.history(name))


def _plan(opened: Opened, streams: Sequence[Stream], days: int | None) -> list[Estimate]:
    profile, window = opened.store.profile, opened.control.window(days)
    with opened.deployment.gateway(opened.store) as gateway:
        return [
            estimate(
                stream,
                gateway,
                profile,
                seen(opened.store, stream, window),
                lambda: datetime.now(UTC),
            )
            for stream in streams
        ]


def _do(opened: Opened, act: Callable[[], Run], as_json: bool) -> None:
    try:
        run = act()
    except NothingToDo as exc:
        raise ended(Ending.FINDINGS, str(exc)) from exc
    _show(opened, run, as_json)


def _show(opened: Opened, run: Run, as_json: bool) -> None:
    streams = progress(run, opened.control.runs.slices(run), datetime.now(UTC))
    show_run(run, streams, as_json=as_json)
