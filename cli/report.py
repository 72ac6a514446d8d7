"""`shopbridge report`: whether everything that was made has ended or is still waiting."""

import time
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.spans import Since, moment
from cli.tables import console
from shopbridge.ledger import report as ledger_report
from shopbridge.ledger.report import Report, Tally, all_commands, commands, deliveries, duplicates
from shopbridge.outcome import OUTCOMES

STEP_SECONDS = 2


@remote()
def report(
    since: Since = "24h",
    store: StoreName = None,
    wait: Annotated[
        int, typer.Option(min=0, help="Seconds to look again while it does not balance.")
    ] = 10,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Conservation of deliveries and commands, per topic; exit code 1 if it does not balance."""
    made = settled(connect(stage, region), since, store, wait)
    if as_json:
        show(told(made), as_json=True)
    else:
        show_tables(made, console())
    if not made.balances:
        raise ended(Ending.FINDINGS, "\n".join(made.findings()))


def settled(deployment: Deployment, since: str, store: str | None, wait: int) -> Report:
    """Read the counters, again for `wait` seconds while they lag behind what happened."""
    start = moment(since)
    stores = [deployment.store(store)] if store else deployment.ledger.stores()
    made = ledger_report.report(deployment.ledger, stores, start, deployment.queued())
    for _ in range(0, wait, STEP_SECONDS):
        if made.balances:
            break
        time.sleep(STEP_SECONDS)
        made = ledger_report.report(deployment.ledger, stores, start, deployment.queued())
    return made


def told(made: Report) -> dict[str, Any]:
    """Write the report for programs."""
    total = made.total
    return {
        "since": made.since.isoformat(),
        "stores": list(made.stores),
        "balanced": made.balances,
        "findings": list(made.findings()),
        "deliveries": {
            **_deliveries(total),
            "topics": {topic: _deliveries(one) for topic, one in sorted(made.by_topic.items())},
        },
        "commands": {
            **_ended(all_commands(total)),
            "ambiguous_resends": total["ambiguous"],
            "kinds": {kind: _ended(tally) for kind, tally in commands(total).items()},
            "topics": {
                topic: _ended(all_commands(one)) for topic, one in sorted(made.by_topic.items())
            },
        },
        "queued": made.queued,
    }


def _deliveries(counts: Mapping[str, int]) -> dict[str, int]:
    tally = deliveries(counts)
    return {
        "arrivals": counts.get("arrivals", 0),
        "duplicates": duplicates(counts),
        "made": tally.made,
        **{state: tally.ended[state] for state in ("published", "parked", "failed")},
        "waiting": tally.waiting,
    }


def _ended(tally: Tally) -> dict[str, int]:
    outcomes: dict[str, int] = {outcome: tally.ended[outcome] for outcome in OUTCOMES}
    return {"made": tally.made, **outcomes, "waiting": tally.waiting}


def show_tables(made: Report, paper: Console) -> None:
    """Print the report for people."""
    told_counts = [(topic, _deliveries(one)) for topic, one in sorted(made.by_topic.items())]
    paper.print(_table("Deliveries", told_counts, _deliveries(made.total)))
    kinds = [(kind, _ended(tally)) for kind, tally in commands(made.total).items()]
    paper.print(_table("Commands", kinds, _ended(all_commands(made.total))))
    resends = made.total["ambiguous"]
    paper.print(f"Ambiguous resends: {resends}. Stores: {len(made.stores)}. ", end="")
    paper.print(f"Since {made.since:%Y-%m-%d %H:%M} UTC.")
    paper.print("It balances." if made.balances else "It does NOT balance.", style="bold")


def _table(title: str, rows: list[tuple[str, dict[str, int]]], total: dict[str, int]) -> Table:
    shown = [name for name, number in total.items() if number or name in ("made", "waiting")]
    table = Table(title=title, title_justify="left", show_footer=len(rows) > 1, box=SIMPLE_HEAD)
    table.add_column(title.lower(), footer="all", overflow="fold")
    for name in shown:
        table.add_column(name, footer=str(total[name]), justify="right", no_wrap=True)
    for label, counts in rows:
        table.add_row(label, *(str(counts[name]) for name in shown))
    return table
