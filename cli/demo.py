"""`shopbridge demo`: the main job on the embedded default, from an empty system to a report."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.progress import Progress

from cli import report as reporting
from cli import tables
from cli.answer import AsJson, Ending, ended, progress
from cli.deployment import Deployment, connect, remote
from cli.reconcile import WRONG, ask
from local import run
from local.demo.abandonment import look_ahead
from local.demo.authorising import NotInstalled, install_by_link
from local.demo.holding import Holding, holding
from local.demo.installation import configure
from local.demo.missing import lose_a_customer
from local.demo.past import arrived
from local.demo.sending import Sender, Sent, distinct, surprises
from local.demo.settling import Latency, latency, settle
from local.demo.unsubscribing import People, Unsubscribes
from local.demo.visiting import Visit, visit
from local.demo.warming import warm
from local.deploy import CdkFailed
from local.processes import NotServing
from local.run import Run
from shopbridge.ledger.report import Report, all_commands, report
from shopbridge.to_shopify.posted import inbound_url

PER_SECOND = 10.0
PATIENCE_SECONDS = 180.0

watched = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Demo:
    """What one demo did and found."""

    seed: int
    page: str
    """Address of the merchant's page, in the simulated admin."""
    sent: Sequence[Sent]
    holding: Holding
    latency: Latency
    report: Report
    history: str
    """How the historic sync of the store's past ended."""
    lost: str
    """Id of a customer whose webhooks were dropped."""
    visit: Visit
    """A visit to the store's website, through `/collect`."""
    reconciled: Mapping[str, Any]
    """Report of the reconciliation that came after."""

    @property
    def balances(self) -> bool:
        """Whether every answer was as it should be, and nothing was lost or made up."""
        return not any(self.findings())

    @property
    def found_the_lost(self) -> bool:
        """Whether reconciliation has found whom no webhook told of."""
        return any(self.lost in one["missing"] for one in self.reconciled["streams"])

    def findings(self) -> Iterator[str]:
        """Say in plain words what is not as it should be."""
        yield from self.report.findings()
        if self.waiting:
            yield f"{self.waiting} commands had not ended when patience did"
        for one in surprises(self.sent):
            planned = one.planned
            yield f"{planned.kind} {planned.topic} was answered {one.status}, not as planned"
        if self.history != "COMPLETE":
            yield f"the historic sync ended {self.history}"
        if not self.visit.was_taken:
            yield f"events of the website were answered {self.visit.answers}"
        if not self.found_the_lost:
            yield f"reconciliation has not found customer {self.lost}, whose webhooks were dropped"

    @property
    def waiting(self) -> int:
        """Commands that had not ended when patience did."""
        return all_commands(self.report.total).waiting

    def told(self) -> dict[str, Any]:
        """Write it for programs."""
        return {
            "seed": self.seed,
            "page": self.page,
            "sent": len(self.sent),
            "kinds": Counter(one.planned.kind for one in self.sent),
            "answers": Counter(f"{one.over} {one.status}" for one in self.sent),
            "surprises": [
                {"kind": one.planned.kind, "topic": one.planned.topic, "status": one.status}
                for one in surprises(self.sent)
            ],
            "netcore": asdict(self.holding),
            "latency_seconds": asdict(self.latency),
            "history": self.history,
            "reconciliation": self.reconciled,
            "visit": asdict(self.visit),
            "balanced": self.balances,
            "report": reporting.told(self.report),
        }


@remote()
def demo(
    webhooks: Annotated[int, typer.Option(min=20, help="How many deliveries.")] = 600,
    seed: Annotated[int | None, typer.Option(help="The same seed is the same life.")] = None,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write what was found as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Send a store's life through the local system, and prove that nothing is missing."""
    run.down(progress)
    try:
        done = play(run.up(progress), webhooks, seed or random.SystemRandom().randrange(1, 10_000))
    except (NotServing, CdkFailed) as failed:
        raise ended(Ending.OTHER_SIDE_FAILED, str(failed)) from failed
    if report_file:
        report_file.write_text(json.dumps(done.told(), indent=2))
    if as_json:
        typer.echo(json.dumps(done.told(), indent=2))
    else:
        _print(done)
    if not done.balances:
        raise ended(Ending.FINDINGS, "\n".join(done.findings()))


def play(running: Run, webhooks: int, seed: int) -> Demo:
    """Connect the store, send its life, wait until all of it has ended."""
    deployment = connect(None)
    began = datetime.now(UTC)
    page = _install(deployment, running)
    with Progress(console=watched) as bars, httpx.Client(timeout=30, trust_env=False) as http:
        _start(deployment, bars)
        past = _carry_over(deployment, running.shop)
        sent = _send(Sender(running, http), webhooks, seed, bars)
        _settle(deployment, began, distinct(sent), bars)
        left = look_ahead(deployment.client("lambda"), deployment.parts["sweep"])
        progress(f"two hours later, {left} checkouts turn out to be abandoned")
        _settle(deployment, began, distinct(sent) + left, bars)
        visited = visit(running, http)
        expected = distinct(sent) + left + visited.deliveries
        _settle(deployment, began, expected, bars)
        lost = lose_a_customer(running, http)
        reconciled = ask(deployment, {"store": running.shop, "settled_seconds": 0})
        said = _unsubscribe(deployment, running, http)
        settled = _settle(deployment, began, expected + said.deliveries, bars)
    return Demo(
        seed=seed,
        page=page,
        sent=sent,
        holding=holding(running.netcore_url),
        latency=latency(sent, deployment.ledger),
        report=settled,
        history=past,
        lost=lost,
        visit=visited,
        reconciled=reconciled,
    )


def _carry_over(deployment: Deployment, shop: str) -> str:
    """Carry over what was before the install; say how that ended."""
    control, store = deployment.history(shop), deployment.repository(shop).get()
    assert store is not None
    control.start(store, ("customers", "orders"))
    run = arrived(control.runs.latest, PATIENCE_SECONDS)
    read = dict.fromkeys(run.streams, 0)
    for part in control.runs.slices(run):
        read[part.stream] += part.read
    told = " and ".join(f"{number} {stream}" for stream, number in read.items())
    progress(f"{told} of the time before are carried over: {run.state}")
    return run.state


def _install(deployment: Deployment, running: Run) -> str:
    """Come by Shopify's link, grant access, choose everything, enable; return the page."""
    try:
        page = install_by_link(running)
    except NotInstalled as exc:
        raise ended(Ending.OTHER_SIDE_FAILED, f"the install did not end: {exc}") from exc
    repository = deployment.repository(running.shop)
    store = repository.get()
    if store is None:
        raise ended(Ending.OTHER_SIDE_FAILED, "the install left no store")
    deployment.configuring.soon(configure(repository, deployment.vault, store))
    progress(f"{running.shop} has installed the app, is connected to Netcore and enabled")
    return page


def _start(deployment: Deployment, bars: Progress) -> None:
    bar = bars.add_task("starting functions", total=None)
    topics = sorted(set(deployment.topics.values()))
    warm(
        deployment.client("lambda"),
        topics,
        lambda done, of: bars.update(bar, completed=done, total=of),
    )


def _send(sender: Sender, webhooks: int, seed: int, bars: Progress) -> list[Sent]:
    stream = sender.foresee(webhooks, seed)
    bar = bars.add_task(f"sending {webhooks} deliveries", total=webhooks)
    return sender.send(stream, PER_SECOND, lambda done: bars.update(bar, completed=done))


def _unsubscribe(deployment: Deployment, running: Run, http: httpx.Client) -> Unsubscribes:
    secret = deployment.inbound(running.shop).rotate()
    said = People(running, http).unsubscribe(inbound_url(running.api_url, running.shop), secret)
    progress(f"unsubscribed in Netcore: in Shopify after {said.in_shopify_seconds:.1f} s")
    progress(f"unsubscribed in Shopify: blocked at Netcore after {said.at_netcore_seconds:.1f} s")
    return said


def _settle(deployment: Deployment, since: datetime, expected: int, bars: Progress) -> Report:
    bar = bars.add_task("carrying out what they mean", total=None)

    def look() -> Report:
        return report(deployment.ledger, deployment.ledger.stores(), since, deployment.queued())

    def tell(left: int) -> None:
        bars.update(bar, description=f"carrying out: {left} left")

    return settle(look, expected, tell, PATIENCE_SECONDS)


def _print(done: Demo) -> None:
    out = tables.console()
    out.print("Netcore holds", style="italic")
    out.print(tables.plain((what, f"{number:>6}") for what, number in done.holding.rows()))
    reporting.show_tables(done.report, out)
    out.print(f"What was there before the install is carried over: {done.history}.")
    out.print(
        f"Customer {done.lost} registered, and no webhook came. Reconciliation found"
        f" {_told(done.reconciled)}."
    )
    out.print(
        f"{len(done.visit.answers)} events of an anonymous visit waited at /collect; its checkout's"
        " webhook said whose it was, and they were told (Page Browse, Product View …)."
    )
    out.print(f"The merchant's page: {done.page}", soft_wrap=True)
    kinds = Counter(one.planned.kind for one in done.sent)
    out.print("Sent: " + ", ".join(f"{number} {kind}" for kind, number in kinds.items()) + ".")
    out.print(
        f"Accepted → carried out, {done.latency.commands} commands at {PER_SECOND:.0f} deliveries"
        f" a second: p50 {done.latency.p50:.2f} s, p95 {done.latency.p95:.2f} s."
    )
    out.print(f"Seed {done.seed}. Look closer: shopbridge trace '#1001', shopbridge parked list.")


def _told(reconciled: Mapping[str, Any]) -> str:
    """Add up what was found in all streams, by its state; what is stale is read once more."""
    streams = reconciled["streams"]
    found = {state: sum(len(one[state]) for one in streams) for state in WRONG}
    told = [f"{number} {state}" for state, number in found.items() if number]
    return f"{', '.join(told) or 'nothing'}; repaired {sum(one['repaired'] for one in streams)}"
