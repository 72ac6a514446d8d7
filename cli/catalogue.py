"""`shopbridge catalogue feed`: where a store's product feed is, a new address, a build at once."""

import json
from typing import Any

import typer

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from shopbridge.catalogue import addressing
from shopbridge.catalogue.wording import TYPES
from shopbridge.stores.store import Store

app = typer.Typer(no_args_is_help=True, help="A store's products at Netcore.")
feed = typer.Typer(no_args_is_help=True, help="The product feed that Netcore pulls.")
app.add_typer(feed, name="feed")


@feed.command("show")
@remote()
def show_(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Print where the feed is and what is in it; whoever has the address can read it."""
    deployment = connect(stage, region)
    show(_told(deployment, _store(deployment, store)), as_json=as_json)


@feed.command("rotate")
@remote()
def rotate(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Give the feed a new address; the old one leads nowhere from now on."""
    deployment = connect(stage, region)
    found = _on(deployment, store)
    addressing.rotate(found, deployment.feeds, deployment.vault)
    show(_told(deployment, found), as_json=as_json)


@feed.command("build")
@remote()
def build(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Build the feed now, without waiting for the schedule."""
    deployment = connect(stage, region)
    found = _on(deployment, store)
    answer = deployment.client("lambda").invoke(
        FunctionName=deployment.parts["feeds"], Payload=json.dumps({"store": found.name}).encode()
    )
    if "FunctionError" in answer:
        raise ended(Ending.OTHER_SIDE_FAILED, "the feed could not be built: see the job's log")
    if "taken" in json.loads(answer["Payload"].read()):
        raise ended(Ending.FINDINGS, "it is being built right now")
    show(_told(deployment, found), as_json=as_json)


def _store(deployment: Deployment, given: str | None) -> Store:
    name = deployment.store(given)
    found = deployment.repository(name).get()
    if found is None or found.status == "uninstalled":
        raise ended(Ending.FINDINGS, f"{name} has not installed the app")
    return found


def _on(deployment: Deployment, given: str | None) -> Store:
    found = _store(deployment, given)
    if not found.settings.product_catalogue:
        raise ended(Ending.FINDINGS, "product_catalogue is off: there is no feed")
    return found


def _told(deployment: Deployment, store: Store) -> dict[str, Any]:
    noted = deployment.feeds.get(store.name)
    build = noted.build if noted else None
    told: dict[str, Any] = {"store": store.name, "on": store.settings.product_catalogue}
    address = addressing.address_of(store, noted, deployment.vault)
    for format_ in TYPES:
        told[format_] = f"{deployment.site}/catalogue/{address}.{format_}" if address else None
    told["built_at"] = build.began_at.isoformat() if build else None
    if build:
        told["variants"] = build.contents.items
        told["left_out"] = build.contents.left_out
        told["locations"] = build.contents.locations
    return told
