"""`shopbridge replay`: archived deliveries once more; nothing accepted outside is sent twice."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.answer import AsJson, Ending, ended, progress, show
from cli.deployment import Region, Stage, StoreName, connect, remote
from cli.spans import Since, moment
from cli.tables import console, plain
from shopbridge.archive.reader import Wanted
from shopbridge.message import Head, Message
from shopbridge.parked.replay import Replay


@remote()
def replay(
    event: Annotated[str, typer.Argument(help="Event id; everything where none is given.")] = "",
    topic: Annotated[str, typer.Option(help="Only this topic.")] = "",
    reason: Annotated[str, typer.Option(help="Only what ended for this reason.")] = "",
    since: Since = "14d",
    until: Annotated[str, typer.Option(help="Until when: as --since; now by default.")] = "0s",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Deliver archived deliveries again, after showing which; effect keys stay the same."""
    if not (event or topic or reason) and since == "14d":
        raise ended(Ending.USAGE, "say which: an event id, --topic, --reason or --since")
    deployment = connect(stage, region)
    replayer = deployment.replay(deployment.store(store))
    now = datetime.now(UTC)
    wanted = Wanted(since=moment(since, now), until=moment(until, now), event_id=event, topic=topic)
    heads = [one.head for one in replayer.select(wanted, reason)]
    if not heads:
        raise ended(Ending.FINDINGS, "nothing in the archive matches (parked? `parked resume`)")
    dry = dry_run or (as_json and not yes)
    if not as_json:
        _print(heads)
    if dry:
        if as_json:
            show({"dry_run": True, "deliveries": [_told(head) for head in heads]}, as_json=True)
        return
    if not yes and not typer.confirm(f"Deliver these {len(heads)} again?"):
        raise ended(Ending.GOOD, "nothing was sent")
    _send(replayer, replayer.select(wanted, reason), as_json=as_json)


def _send(replayer: Replay, messages: Iterable[Message], *, as_json: bool) -> None:
    done = [replayer.send(one) for one in messages]
    stuck = [one for one in done if one.problem]
    for one in stuck:
        progress(f"{one.head.event_id} {one.head.topic}: {one.problem}")
    outcomes = Counter(one.outcome for one in done if not one.problem)
    told = {"replayed": len(done) - len(stuck), "failed": len(stuck), **outcomes}
    if as_json:
        items = [{**_told(r.head), "outcome": r.outcome, "problem": r.problem} for r in done]
        show({"dry_run": False, **told, "deliveries": items}, as_json=True)
    else:
        show(told, as_json=False)
    if stuck:
        raise ended(Ending.FINDINGS)


def _told(head: Head) -> dict[str, str]:
    return {
        "event_id": head.event_id,
        "topic": head.topic,
        "received_at": head.received_at.isoformat(),
    }


def _print(heads: list[Head]) -> None:
    rows = [(f"{h.received_at:%Y-%m-%d %H:%M:%S}", h.topic, h.event_id) for h in heads]
    console().print(plain(rows, "received", "topic", "event"))
