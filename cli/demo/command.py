"""`shopbridge demo`: the main job on the embedded default, from an empty system to a report."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import Progress

from cli import tables
from cli.answer import AsJson, Ending, ended, progress
from cli.demo.found import Demo
from cli.demo.story import tell
from cli.deployment import Deployment, connect, remote
from cli.reconcile import ask
from local import run
from local.demo.abandonment import look_ahead
from local.demo.authorising import NotInstalled, install_by_link
from local.demo.carts import Carts, Shoppers
from local.demo.holding import activities, holding
from local.demo.installation import configure
from local.demo.missing import lose_a_customer
from local.demo.past import arrived
from local.demo.sending import Sender, Sent, distinct
from local.demo.settling import latency, settle
from local.demo.shop import Shop
from local.demo.unsubscribing import People, Unsubscribes
from local.demo.visiting import visit
from local.demo.warming import warm
from local.deploy import CdkFailed
from local.processes import NotServing
from local.run import Run
from shopbridge.ledger.report import Report, report
from shopbridge.to_shopify.posted import inbound_url

PER_SECOND = 10.0
PATIENCE_SECONDS = 180.0

watched = Console(stderr=True, highlight=False)


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
        tell(done, tables.console(), PER_SECOND)
    if not done.balances:
        raise ended(Ending.FINDINGS, "\n".join(done.findings()))


@dataclass(slots=True)
class Settling:
    """Waits until all that was sent so far has ended."""

    deployment: Deployment
    bars: Progress
    since: datetime
    expected: int = 0

    def after(self, deliveries: int) -> Report:
        """Wait until so many deliveries more are in, and nothing waits; return the report."""
        self.expected += deliveries
        bar = self.bars.add_task("carrying out what they mean", total=None)

        def tell(left: int) -> None:
            self.bars.update(bar, description=f"carrying out: {left} left")

        return settle(self._look, self.expected, tell, PATIENCE_SECONDS)

    def _look(self) -> Report:
        stores = self.deployment.ledger.stores()
        return report(self.deployment.ledger, stores, self.since, self.deployment.queued())


def play(running: Run, webhooks: int, seed: int) -> Demo:
    """Connect the store, send its life, wait until all of it has ended."""
    deployment = connect(None)
    began = datetime.now(UTC)
    page = _install(deployment, running)
    with Progress(console=watched) as bars, httpx.Client(timeout=30, trust_env=False) as http:
        shop, settled = Shop(running, http, running.shop), Settling(deployment, bars, began)
        _start(deployment, bars)
        past = _carry_over(deployment, running.shop)
        sent = _send(Sender(running, http), webhooks, seed, bars)
        settled.after(distinct(sent))
        carts, told_later = _leave_carts(deployment, shop, settled)
        visited = visit(shop)
        settled.after(visited.deliveries)
        lost = lose_a_customer(shop)
        reconciled = ask(deployment, {"store": running.shop, "settled_seconds": 0})
        said = _unsubscribe(deployment, shop)
        report = settled.after(said.deliveries)
    return Demo(
        seed=seed,
        page=page,
        sent=sent,
        holding=holding(running.netcore_url),
        activities=activities(running.netcore_url),
        latency=latency(sent, deployment.ledger),
        report=report,
        history=past,
        carts=carts,
        told_later=told_later,
        lost=lost,
        visit=visited,
        unsubscribes=said,
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


def _leave_carts(deployment: Deployment, shop: Shop, settled: Settling) -> tuple[Carts, int]:
    """Leave carts and come back to one; return them, and how many were told of after that."""
    shoppers = Shoppers(shop)
    carts = shoppers.go()
    settled.after(shoppers.deliveries)
    left = _sweep(deployment)
    progress(f"the sweep was told that it is two hours later: {left} carts were left")
    settled.after(left)
    settled.after(shoppers.pay(carts.recovered))
    return carts, _sweep(deployment)


def _sweep(deployment: Deployment) -> int:
    return look_ahead(deployment.client("lambda"), deployment.parts["sweep"])


def _unsubscribe(deployment: Deployment, shop: Shop) -> Unsubscribes:
    secret = deployment.inbound(shop.name).rotate()
    url = inbound_url(shop.running.api_url, shop.name)
    return People(shop).unsubscribe(url, secret)
