"""How the command line shows a historic sync: how far it is, and what it would take."""

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from cli.answer import show
from cli.tables import console, plain
from shopbridge.historic_sync.estimate import Estimate
from shopbridge.historic_sync.progress import Progress
from shopbridge.historic_sync.run import Run

BAR = 30
"""Characters of a full progress bar."""


def show_run(run: Run, streams: Sequence[Progress], *, as_json: bool) -> None:
    """Print a run with one line for each of its streams."""
    if as_json:
        show(_told(run, streams), as_json=True)
        return
    paper = console()
    why = run.waiting or run.reason
    paper.print(f"{run.store}: {run.state}{f' ({why})' if why else ''}, {run.id}")
    paper.print(plain([_line(one) for one in streams]))


def show_plan(plan: Sequence[Estimate], *, as_json: bool) -> None:
    """Print what each stream would take."""
    if as_json:
        show({"dry_run": True, "streams": [one._asdict() for one in plan]}, as_json=True)
        return
    lines = [
        (
            one.stream,
            f"{one.objects} objects",
            f"{one.commands} commands",
            f"{one.shopify_queries} queries ({one.shopify_points} points) at Shopify",
            f"{one.netcore_calls} calls at Netcore",
            f"{one.seconds} s of reading",
            f"${one.dollars} at AWS",
        )
        for one in plan
    ]
    paper = console()
    paper.print("at least, if everything is like the first page of each:")
    paper.print(plain(lines))


def _told(run: Run, streams: Sequence[Progress]) -> dict[str, Any]:
    return {
        "store": run.store,
        "run": run.id,
        "state": run.state,
        "reader": run.reader,
        "waiting": run.waiting,
        "reason": run.reason,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "gaps": run.gaps,
        "streams": [to_builtins(one._asdict()) for one in streams],
    }


def _line(one: Progress) -> tuple[str, ...]:
    """Lay out one stream: its bar, how many of how many, and how long it will take."""
    full = int(BAR * one.share)
    left = "" if not one.seconds_left else f"{one.seconds_left} s of reading left"
    tail = f"last day's at {one.tail_at:%Y-%m-%d %H:%M} UTC" if one.tail_at else ""
    floor = f"not read before {one.floor:%Y-%m-%d}: sync extend" if one.floor else ""
    reach = f"older than {one.reach:%Y-%m-%d}: out of reach (read_all_orders)" if one.reach else ""
    return (
        one.stream,
        f"{'█' * full}{'░' * (BAR - full)}",
        f"{one.done} of {one.total}",
        one.state,
        f"{one.rate}/s" if one.state == "reading" else "",
        left,
        tail,
        reach or floor,
        f"{one.gaps} gaps" if one.gaps else "",
    )
