"""`shopbridge settings`: what a store sends, whether it sends at all, and its Netcore key."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cli.answer import AsJson, Ending, ended, show
from cli.choices import at, change, put, valid
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from shopbridge import reasons
from shopbridge.historic_sync.streams import chosen
from shopbridge.stores.changes import COMMAND_LINE, NETCORE_KEY, Change, Changed
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Status, Store

app = typer.Typer(no_args_is_help=True, help="A store's settings, status and Netcore key.")

STATUSES: dict[str, Status] = {"enabled": "enabled", "paused": "paused"}
"""What an operator may set; the other statuses are the install's business."""

Changes = Annotated[list[str], typer.Argument(metavar="PATH=VALUE...", help="Or status=enabled.")]
Target = Annotated[Path | None, typer.Argument(metavar="FILE", help="Else standard output.")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="As `export` writes it.")]


class Opened(NamedTuple):
    """A store as it is, and what changes it."""

    deployment: Deployment
    repository: StoreRepository
    store: Store


@app.command("get")
@remote()
def get(
    path: Annotated[str, typer.Argument(help="For example netcore.region; all if empty.")] = "",
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Print the settings, or the one at PATH; never a key or token."""
    found = _open(stage, region, store).store
    state = {
        "store": found.name,
        "status": found.status,
        "netcore_key": "saved" if found.sealed_netcore_key else "missing",
        "circuit": found.circuit,
    }
    told = at({**state, **found.settings.model_dump(mode="json")}, path)
    typer.echo(told if isinstance(told, str) and not as_json else json.dumps(told, indent=2))


@app.command("set")
@remote()
def set_(
    changes: Changes,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Change settings, or status=enabled|paused; what was parked for the status goes on."""
    opened = _open(stage, region, store)
    found = opened.store
    fields, status = found.settings.model_dump(mode="json"), ""
    for path, value in map(change, changes):
        if path == ["status"]:
            status = value
        else:
            put(fields, path, value)
    if status and status not in STATUSES:
        raise ended(Ending.USAGE, f"status is enabled or paused, not {status}")
    settings = valid(fields)
    if settings != found.settings:
        found = opened.repository.save(found, settings, datetime.now(UTC))
    if status and status != found.status:
        logged = _change(Changed("status", found.status, status))
        found = opened.repository.set_status(found, STATUSES[status], logged)
    opened.deployment.configuring.soon(found)
    if found.status == "enabled":
        opened.deployment.history(found.name).start_once(found, chosen(found.settings))
    told: dict[str, object] = {"store": found.name, "version": found.version}
    told["status"] = found.status
    if status == "enabled":
        told |= _resumed(opened.deployment, found, reasons.NOT_ENABLED, reasons.PAUSED)
    show(told, as_json=as_json)


@app.command()
@remote()
def key(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Take a Netcore API key from a hidden prompt or from standard input, and seal it."""
    deployment, repository, found = _open(stage, region, store)
    if sys.stdin.isatty():
        secret = typer.prompt("Netcore API key", hide_input=True, err=True)
    else:
        secret = sys.stdin.readline()
    if not secret.strip():
        raise ended(Ending.USAGE, "no key was given")
    sealed = deployment.vault.seal(secret.strip(), store=found.name, epoch=found.epoch)
    found = repository.save_netcore_key(found, sealed, _change(NETCORE_KEY))
    resumed = _resumed(deployment, found, reasons.KEY_REFUSED)
    show({"store": found.name, "netcore_key": "saved", **resumed}, as_json=as_json)


@app.command("export")
@remote()
def export(
    file: Target = None, store: StoreName = None, stage: Stage = None, region: Region = None
) -> None:
    """Write the settings as JSON, to keep or to import elsewhere; no key, no status."""
    written = _open(stage, region, store).store.settings.model_dump_json(indent=2)
    if file:
        file.write_text(f"{written}\n")
    else:
        typer.echo(written)


@app.command("import")
@remote()
def import_(
    file: Source,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Replace all settings by those in FILE, if every one of them is valid."""
    try:
        settings = valid(json.loads(file.read_text()))
    except (OSError, ValueError) as exc:
        raise ended(Ending.USAGE, f"{file} cannot be read as JSON: {exc}") from exc
    opened = _open(stage, region, store)
    saved = opened.repository.save(opened.store, settings, datetime.now(UTC))
    opened.deployment.configuring.soon(saved)
    show({"store": saved.name, "version": saved.version}, as_json=as_json)


def _open(stage: str | None, region: str | None, store: str | None) -> Opened:
    deployment = connect(stage, region)
    name = deployment.store(store)
    repository = deployment.repository(name)
    found = repository.get()
    if found is None:
        raise ended(Ending.FINDINGS, f"{name} has not installed the app")
    return Opened(deployment, repository, found)


def _resumed(deployment: Deployment, store: Store, *waited_for: str) -> dict[str, int]:
    """Send on what was parked for `waited_for`; what cannot go stays listed."""
    sent = deployment.resume.waiting_for(store.name, *waited_for)
    return {"resumed": sent.resumed, "still open": sent.still_open}


def _change(what: Changed) -> Change:
    return Change(datetime.now(UTC), COMMAND_LINE, (what,))
