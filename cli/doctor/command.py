"""`shopbridge doctor`: what is not as it should be, why it matters, and what mends it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import typer
from rich.text import Text

from cli.answer import AsJson, Ending, ended, show
from cli.deployment import Deployment, Region, Stage, StoreName, connect, remote
from cli.doctor.account import account
from cli.doctor.app import app
from cli.doctor.netcore import netcore
from cli.doctor.store import connection, store
from cli.doctor.tools import tools
from cli.tables import console
from infra.shopify_app import ShopifyApp
from local import run
from shopbridge.reconciliation.finding import Check, bad, good
from shopbridge.shopify.delivery import UNNAMED


@remote()
def doctor(
    store: StoreName = None, stage: Stage = None, region: Region = None, as_json: AsJson = False
) -> None:
    """Examine tools, account, app, stores and Netcore; exit code 1 where something is wrong."""
    checks = list(_examined(stage, region, store))
    wrong = sum(1 for one in checks if not one.ok)
    if as_json:
        show({"findings": wrong, "checks": [asdict(one) for one in checks]}, as_json=True)
    else:
        _print(checks)
    if wrong:
        raise ended(Ending.FINDINGS)


def _examined(stage: str | None, region: str | None, name: str | None) -> Iterator[Check]:
    yield from tools()
    toml = ShopifyApp.read()
    if stage is None and run.status() is None:
        yield bad(
            "account",
            "local run",
            "not running",
            why="Without it, and without --stage, there is no deployment to examine.",
            mend="shopbridge local up",
        )
        yield from app(None, toml)
        return
    deployment = connect(stage, region)
    found = list(account(deployment))
    yield from found
    yield from app(deployment, toml)
    if all(one.ok for one in found if one.what == "deployment"):
        yield from _stores(deployment, name, toml.scopes)


def _stores(deployment: Deployment, name: str | None, needed: str) -> Iterator[Check]:
    names = (
        [deployment.store(name)]
        if name or deployment.shop
        else [one for one in deployment.ledger.stores() if one != UNNAMED]
    )
    if not names:
        yield good("store", "stores", "none has sent anything yet")
    for one in names:
        row = deployment.repository(one).get()
        if row is None:
            yield bad(
                "store",
                "install",
                f"{one} has not installed the app",
                why="What it sends is parked for 14 days.",
                mend="open the app in the store's Shopify admin",
            )
            continue
        yield from store(deployment, row, needed)
        yield from connection(row)
        yield from netcore(deployment, row)


def _print(checks: list[Check]) -> None:
    paper = console()
    for one in checks:
        mark = "ok     " if one.ok else "FINDING"
        line = f"{mark}  {one.group:<8} {one.what}: {one.found}"
        paper.print(Text(line, style="" if one.ok else "bold"))
        if not one.ok:
            paper.print(Text(f"         why:  {one.why}"))
            paper.print(Text(f"         mend: {one.mend}"), soft_wrap=True)
    counts = Counter(one.ok for one in checks)
    typer.echo(f"{counts[True]} ok, {counts[False]} to mend")
