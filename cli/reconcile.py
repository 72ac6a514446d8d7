"""`shopbridge reconcile`: what live events of a store missed, found now and mended."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from botocore.config import Config
from rich.text import Text

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.spans import moment
from cli.tables import console, plain

PATIENCE = Config(read_timeout=900, retries={"total_max_attempts": 1})
"""The function may work for ten minutes; asked a second time it would begin again."""

WRONG = ("missing", "stale", "consent", "extra", "unrecoverable")
UNSENT = ("parked", "disabled", "unidentified", "erased")


@remote()
def reconcile(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the report only.")] = False,
    since: Annotated[
        str, typer.Option(help="Not where the last run ended, but: 2h, 3d, 2026-11-23T07:00Z.")
    ] = "",
    settled: Annotated[
        int,
        typer.Option(min=0, help="Minutes for which a change may still be on its way by itself."),
    ] = 15,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Compare a store with what Netcore was sent, and mend it; exit code 1 for findings."""
    deployment = connect(stage, region)
    asked: dict[str, Any] = {
        "store": deployment.store(store),
        "dry_run": dry_run,
        "settled_seconds": settled * 60,
    }
    if since:
        asked["since"] = moment(since).isoformat()
    told = ask(deployment, asked)
    if not told.get("run"):
        raise ended(Ending.FINDINGS, f"{asked['store']} has not installed the app")
    if as_json:
        show(told, as_json=True)
    else:
        _print(told)
    if told["findings"]:
        raise ended(Ending.FINDINGS)


def ask(deployment: Deployment, asked: Mapping[str, Any]) -> dict[str, Any]:
    """
    Have the function reconcile one store; return its report.

    Raises:
        Exit: it failed; its log says why.
    """
    function = deployment.parts["reconciliation"]
    client = deployment.client("lambda", PATIENCE)
    answer = client.invoke(FunctionName=function, Payload=json.dumps(asked).encode())
    told: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise ended(Ending.OTHER_SIDE_FAILED, f"{function} fails: {told.get('errorType', '')}")
    return told


def _print(told: Mapping[str, Any]) -> None:
    paper = console()
    how = ", dry run" if told["dry_run"] else ""
    paper.print(f"{told['store']}: {told['findings']} found, {told['run']}{how}")
    for one in told["checks"]:
        mark = "ok     " if one["ok"] else "FINDING"
        paper.print(Text(f"{mark}  {one['what']}: {one['found']}"), soft_wrap=True)
        if not one["ok"]:
            does = f"done: {one['mended']}" if one["mended"] else f"mend: {one['mend']}"
            paper.print(Text(f"         why:  {one['why']}\n         {does}"), soft_wrap=True)
    if told["held"]:
        paper.print(f"data was not compared: {told['held']}")
    paper.print(plain(_line(one) for one in told["streams"]))
    for one in told["streams"]:
        for line in _said(one):
            paper.print(Text(line), soft_wrap=True)


def _line(one: Mapping[str, Any]) -> tuple[str, ...]:
    wrong = [f"{len(one[state])} {state}" for state in WRONG if one[state]]
    unsent = [f"{one[state]} {state}" for state in UNSENT if one[state]]
    left = [f"{one['left']} left for the next run"] if one["left"] else []
    return (
        one["stream"],
        f"{one['compared']} compared",
        ", ".join([*wrong, *unsent]) or "nothing missed",
        ", ".join([f"{one['repaired']} repaired", *left]),
    )


def _said(one: Mapping[str, Any]) -> Iterator[str]:
    if gap := one["gap"]:
        whole = ": nothing arrived" if gap["wrong"] == gap["changed"] else ""
        share = f"{gap['wrong']} of {gap['changed']} that changed then{whole}"
        yield f"{one['stream']}: from {gap['since']} to {gap['until']}, {share}"
    for state in WRONG:
        if one[state]:
            yield f"{one['stream']} {state}: {' '.join(one[state])}"
    for why, number in one["whys"].items():
        yield f"{one['stream']} unrecoverable: {number} since {why}"
