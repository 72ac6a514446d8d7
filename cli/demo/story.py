"""Prints what one demo did and found, for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console

from cli import report as reporting
from cli import tables
from cli.demo.found import Demo
from cli.reconcile import WRONG
from local.demo.visiting import TOLD


def tell(done: Demo, out: Console, per_second: float) -> None:
    """Print it: what Netcore holds, that it balances, and what became of single people."""
    out.print("Netcore holds", style="italic")
    out.print(tables.plain((what, f"{number:>6}") for what, number in done.holding.rows()))
    reporting.show_tables(done.report, out)
    for title, lines in people(done).items():
        out.print(f"\n{title}", style="italic")
        for line in lines:
            out.print(f"  {line}", soft_wrap=True)
    out.print()
    kinds = Counter(one.planned.kind for one in done.sent)
    out.print("Sent: " + ", ".join(f"{number} {kind}" for kind, number in kinds.items()) + ".")
    out.print(
        f"Accepted → carried out, {done.latency.commands} commands at {per_second:.0f} deliveries"
        f" a second: p50 {done.latency.p50:.2f} s, p95 {done.latency.p95:.2f} s."
    )
    out.print(f"The merchant's page: {done.page}", soft_wrap=True)
    out.print(
        f"Seed {done.seed}. Look closer: shopbridge trace '#1001', shopbridge trace consent"
        f" {done.unsubscribes.in_netcore}, shopbridge parked list.",
        soft_wrap=True,
    )


def people(done: Demo) -> dict[str, list[str]]:
    """Say what became of single people, under titles."""
    return {
        "History": [f"What was there before the install is carried over: {done.history}."],
        "Carts": list(_carts(done)),
        "Unsubscribes": list(_unsubscribes(done)),
        "A visit to the website": list(_visit(done)),
        "Reconciliation": [
            f"Customer {done.lost} registered, and no webhook came. Found:"
            f" {_told(done.reconciled)}."
        ],
    }


def _carts(done: Demo) -> Iterator[str]:
    """The sweep was told that two hours had passed; it did not wait for them."""
    carts, told = done.carts, done.activities
    if carts.left.was_left(told):
        yield f"Customer {carts.left.buyer} left a cart: Cart Abandonment, with the link back."
    if carts.recovered.was_left(told) and carts.recovered.was_bought(told):
        yield (
            f"Customer {carts.recovered.buyer} left one too, came back after that and bought:"
            " Product Purchase followed."
        )
    if carts.bought.was_bought(told) and not carts.bought.reminders(told):
        yield f"Customer {carts.bought.buyer} bought at once: Product Purchase, no reminder."
    yield (
        "(The sweep was told twice that it is two hours later; the second time it found"
        f" {done.told_later or 'nobody'}.)"
    )


def _unsubscribes(done: Demo) -> Iterator[str]:
    said = done.unsubscribes
    yield (
        f"Customer {said.in_netcore} unsubscribed in a mail of Netcore's: unsubscribed in Shopify"
        f" after {said.in_shopify_seconds:.1f} s."
    )
    yield (
        f"Customer {said.in_shopify} unsubscribed in Shopify: blacklisted at Netcore after"
        f" {said.at_netcore_seconds:.1f} s."
    )


def _visit(done: Demo) -> Iterator[str]:
    answers = Counter(one.status for one in done.visit.answers)
    answered = ", ".join(f"{number} times {status}" for status, number in answers.items())
    yield (
        "Somebody unknown visited a headless storefront. The documents' snippet told five events,"
        " the web pixel the checkout;"
    )
    yield f"both ran in Node, not in a browser. /collect answered {answered}, and kept them."
    told = set(done.visit.told(done.activities))
    yield (
        f"The checkout's webhook named customer {done.visit.buyer}, under whom Netcore has now:"
        f" {', '.join(name for name in TOLD if name in told) or 'nothing'}."
    )
    yield (
        "(In a theme the app embed hands the first five to Netcore's own script, in the browser:"
        " docs/website-tracking.md, make browser.)"
    )


def _told(reconciled: Mapping[str, Any]) -> str:
    """Add up what was found in all streams, by its state; what is stale is read once more."""
    streams = reconciled["streams"]
    found = {state: sum(len(one[state]) for one in streams) for state in WRONG}
    told = [f"{number} {state}" for state, number in found.items() if number]
    return f"{', '.join(told) or 'nothing'}; repaired {sum(one['repaired'] for one in streams)}"
