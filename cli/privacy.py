"""`shopbridge privacy`: customers' data requests, and the bundles that answer them."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Region, Stage, StoreName, connect, remote
from cli.tables import console
from shopbridge.entry.ingest import now
from shopbridge.errors import Rejected
from shopbridge.privacy.requests import DataRequest

app = typer.Typer(no_args_is_help=True, help="Customers' data requests: list, fetch a bundle.")

TERMINAL = Path("-")


@app.command("list")
@remote()
def list_(
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """List the data requests of a store in the last 90 days, without whom they are about."""
    deployment = connect(stage, region)
    name = deployment.store(store)
    found = deployment.data_requests(name).list(now())
    if as_json:
        show({"store": name, "requests": [_told(one) for one in found]}, as_json=True)
    else:
        _print(found)


@app.command()
@remote()
def bundle(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    out: Annotated[
        Path, typer.Option(help="File for what is held of the customer; - prints personal data!")
    ],
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Fetch what we and Netcore hold of one customer, readable by you alone."""
    deployment = connect(stage, region)
    requests = deployment.data_requests(deployment.store(store))
    one = requests.find(id_, now())
    if one is None:
        raise ended(Ending.FINDINGS, f"{id_}: no such request came in the last 90 days")
    if one.state != "ready":
        raise ended(Ending.FINDINGS, f"{id_}: {one.state} {one.reason}".rstrip())
    try:
        content = requests.read(one)
    except Rejected as exc:
        raise ended(Ending.FINDINGS, str(exc)) from exc
    if out == TERMINAL:
        typer.echo(content)
        return
    _write(out, content)
    show({"request": one.id, "bytes": len(content), "file": str(out)}, as_json=as_json)


def _write(out: Path, content: bytes) -> None:
    """Write over nothing: whoever named a file that is there may have meant another."""
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as exc:
        raise ended(Ending.USAGE, f"{out}: {exc.strerror}") from exc
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _told(one: DataRequest) -> dict[str, object]:
    return {
        "id": one.id,
        "asked_at": one.asked_at.isoformat(),
        "state": one.state,
        "reason": one.reason,
        "expires": one.expires.isoformat() if one.expires else None,
    }


def _print(found: list[DataRequest]) -> None:
    paper = console()
    if not found:
        paper.print("No customer asked for their data in the last 90 days.")
    for one in found:
        until = f"  until {one.expires:%Y-%m-%d %H:%M}" if one.expires else ""
        why = f": {one.reason}" if one.reason else ""
        paper.print(Text(f"{one.id}  asked {one.asked_at:%Y-%m-%d %H:%M}  {one.state}{why}{until}"))
