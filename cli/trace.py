"""`shopbridge trace`: every hop of an order, customer, product or event."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Region, Stage, StoreName, connect, remote
from cli.tables import console, plain
from shopbridge.ledger.history import History
from shopbridge.ledger.trace import Hop, find, hops
from shopbridge.ledger.verdict import next_step, verdict


@remote()
def trace(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="#1001, an event id, an id of Shopify's, or customer#7001."
        ),
    ],
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of an order, customer, product or event, and what to do next."""
    deployment = connect(stage, region)
    of = deployment.store(store)
    found = find(deployment.ledger, of, name)
    if as_json:
        show({"store": of, "id": name, "deliveries": [_told(one) for one in found]}, as_json=True)
    if not found:
        raise ended(Ending.FINDINGS, f"nothing is known of {name} in {of}")
    if not as_json:
        for one in found:
            _print(one)


def _told(one: History) -> dict[str, object]:
    return {
        "event_id": one.event_id,
        "topic": one.topic,
        "title": one.delivery.get("title", ""),
        "outcome": one.outcome,
        "verdict": verdict(one),
        "next": next_step(one),
        "hops": [asdict(hop) for hop in hops(one)],
    }


def _print(one: History) -> None:
    paper = console()
    title = f"{one.topic}  {one.delivery.get('title', '')}".strip()
    paper.print(Text(f"{title}  event {one.event_id}", style="bold"))
    paper.print(plain((_when(hop), hop.place, hop.what, hop.detail) for hop in hops(one)))
    paper.print(Text(f"Verdict: {verdict(one)}"))
    step = next_step(one)
    if step:
        paper.print(Text(f"Next: {step}", style="bold"))
    paper.print()


def _when(hop: Hop) -> str:
    return f"{hop.at:%Y-%m-%d %H:%M:%S.%f}"[:-3] if hop.at else "not yet"
