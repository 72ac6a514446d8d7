"""`shopbridge parked`: what waits for somebody; show it, send it on."""

import json
from typing import Annotated, Any

import typer
from rich.text import Text

from cli.answer import AsJson, Ending, ended, progress, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.tables import console
from shopbridge import message
from shopbridge.errors import InvalidPayload
from shopbridge.parked.listing import ContentGone, Open
from shopbridge.parked.unblocking import unblocked
from shopbridge.reasons import UNBLOCK_NEEDED

app = typer.Typer(no_args_is_help=True, help="What is parked or failed: list, show, resume.")

Reason = Annotated[str, typer.Option(help="Only what waits for this reason.")]
Topic = Annotated[str, typer.Option(help="Only deliveries of this topic.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID...", help="As `list` shows them.")]


@app.command("list")
@remote()
def list_(
    store: StoreName = None,
    reason: Reason = "",
    topic: Topic = "",
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """List what is parked or failed, of one store or of all."""
    deployment = connect(stage, region)
    stores = [deployment.store(store)] if store else deployment.ledger.stores()
    found = [
        one for name in stores for one in deployment.parked.list(name, reason=reason, topic=topic)
    ]
    if as_json:
        show({"parked": [_told(one) for one in found]}, as_json=True)
    else:
        _print(found)


@app.command("show")
@remote()
def show_(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    content: Annotated[
        bool, typer.Option("--content", help="Also what was kept of it: personal data!")
    ] = False,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Show one of them, and with --content what was kept."""
    deployment = connect(stage, region)
    one = _found(deployment, deployment.store(store), id_)
    told = _told(one)
    if content:
        try:
            told["content"] = _readable(deployment.parked.content(one))
        except ContentGone as exc:
            raise ended(Ending.FINDINGS, str(exc)) from exc
    show(told, as_json=as_json or content)


@app.command()
@remote()
def resume(
    ids: Ids = None,
    all_: Annotated[bool, typer.Option("--all", help="Everything of the store.")] = False,
    reason: Reason = "",
    topic: Topic = "",
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """
    Send on what waits: by id, by reason, by topic, or all of a store.

    What waits for an unblocking goes on only by id or reason: it says that you have
    lifted the contact's block in Netcore's panel.
    """
    if not (ids or all_ or reason or topic):
        raise ended(Ending.USAGE, "say which: ids, --reason, --topic or --all")
    deployment = connect(stage, region)
    name = deployment.store(store)
    if ids:
        chosen = [_found(deployment, name, id_) for id_ in ids]
    else:
        listed = deployment.parked.list(name, reason=reason, topic=topic)
        chosen = [one for one in listed if reason or one.reason != UNBLOCK_NEEDED]
    for waiting in chosen:
        if waiting.reason == UNBLOCK_NEEDED:
            unblocked(waiting, deployment.parked, deployment.contacts(name))
    done = [deployment.resume.one(one) for one in chosen]
    stuck = [one for one in done if one.problem]
    for one in stuck:
        progress(f"{one.id}: {one.problem}")
    told = {"resumed": len(done) - len(stuck), "still open": len(stuck)}
    show({**told, "items": [_fields(one) for one in done]} if as_json else told, as_json=as_json)
    if stuck:
        raise ended(Ending.FINDINGS)


def _found(deployment: Deployment, store: str, id_: str) -> Open:
    one = deployment.parked.find(store, id_)
    if one is None:
        raise ended(Ending.FINDINGS, f"{id_}: nothing of {store} waits under this id")
    return one


def _told(one: Open) -> dict[str, Any]:
    return {
        "id": one.id,
        "store": one.store,
        "topic": one.topic,
        "what": one.what,
        "state": one.state,
        "reason": one.reason,
        "since": one.since.isoformat(),
    }


def _readable(text: str) -> Any:
    """Take a message of ours apart; anything else is shown as it came."""
    try:
        kept = message.read(text)
    except InvalidPayload:
        return text
    head = message.shown(kept.head)
    try:
        return {"head": head, "body": json.loads(kept.body) if kept.body else None}
    except ValueError:
        return {"head": head, "body": kept.body.decode("utf-8", "replace")}


def _fields(one: Any) -> dict[str, str]:
    return {"id": one.id, "outcome": one.outcome, "problem": one.problem}


def _print(found: list[Open]) -> None:
    paper = console()
    if not found:
        paper.print("Nothing waits for anybody.")
    for one in found:
        since = f"{one.since:%Y-%m-%d %H:%M:%S}"
        paper.print(Text(f"{since}  {one.state}: {one.reason}  {one.what}  {one.store}"))
        paper.print(Text(f"  {one.id}", style="dim"), soft_wrap=True)
