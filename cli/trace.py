"""`shopbridge trace`: every hop of an order, customer, product or event."""

import re
from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from cli.answer import AsJson, Ending, ended, show
from cli.consent import consent
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.tables import console, plain
from shopbridge.errors import AdminRejected
from shopbridge.ledger.history import History
from shopbridge.ledger.trace import Hop, find_all, hops
from shopbridge.ledger.verdict import next_step, verdict
from shopbridge.shopify.buying import EMAIL, of_email
from shopbridge.translate.identity import LONGEST_EMAIL


@remote()
def trace(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="#1001, an event id, an id of Shopify's, customer#7001, an e-mail address, or"
            " `consent` and a customer.",
        ),
    ],
    customer: Annotated[
        str | None,
        typer.Argument(metavar="[CUSTOMER]", help="After `consent`: an id or an e-mail address."),
    ] = None,
    store: StoreName = None,
    stage: Stage = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of an order, customer, product or event, and what to do next."""
    deployment = connect(stage, region)
    of = deployment.store(store)
    if customer is not None:
        if name != "consent":
            raise ended(Ending.USAGE, "two names: did you mean `trace consent CUSTOMER`?")
        consent(deployment, of, _customer(deployment, of, customer), as_json=as_json)
        return
    found = find_all(deployment.ledger, of, _names(deployment, of, name))
    if as_json:
        show({"store": of, "id": name, "deliveries": [_told(one) for one in found]}, as_json=True)
    if not found:
        raise ended(Ending.FINDINGS, f"nothing is known of {name} in {of}")
    if not as_json:
        for one in found:
            _print(one)


def _names(deployment: Deployment, store: str, name: str) -> list[str]:
    """Ask Shopify whose an e-mail address is, as the ledger knows none; leave the rest alone."""
    if "@" not in name:
        return [name]
    if len(name) > LONGEST_EMAIL or not re.fullmatch(EMAIL, name):
        raise ended(Ending.USAGE, "this is no e-mail address")
    known = deployment.repository(store).get()
    if known is None:
        raise ended(Ending.FINDINGS, f"{store} never installed the app")
    try:
        with deployment.gateway(known) as gateway:
            return of_email(gateway, name)
    except AdminRejected as exc:
        raise ended(Ending.OTHER_SIDE_FAILED, f"Shopify: {exc}") from exc


def _customer(deployment: Deployment, store: str, name: str) -> str:
    """Return the id of a customer who is named by it, as the ledger does, or by an address."""
    found = [one for one in _names(deployment, store, name) if not one.startswith("order#")]
    id_ = found[0].removeprefix("customer#") if found else ""
    if not id_.isdecimal():
        raise ended(Ending.FINDINGS, "no such customer")
    return id_


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
