"""Reconciles one store: looks at its connection, compares its data, mends both, and reports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from shopbridge.errors import AdminRejected
from shopbridge.historic_sync.run import Run, Stream
from shopbridge.reconciliation import connection
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.finding import Check, good
from shopbridge.reconciliation.heard import Heard
from shopbridge.reconciliation.looking import Looked, looked, streams
from shopbridge.reconciliation.mending import mended
from shopbridge.reconciliation.order import Order
from shopbridge.reconciliation.report import Report, told
from shopbridge.reconciliation.subscriptions import BACK, Fired, compare
from shopbridge.shopify import installation, subscriptions

FIRES: Final[Mapping[Stream, tuple[str, str]]] = {
    "customers": ("customers/create", "customers/update"),
    "orders": ("orders/create", "orders/updated"),
    "products": ("products/create", "products/update"),
    "checkouts": ("checkouts/create", ""),
}
"""Topics that something new and something changed fires; Shopify itself changes checkouts too."""

NO_TOKEN: Final = "Shopify does not take the token"


def reconcile(desk: Desk, order: Order) -> Report:
    """
    Reconcile a store, write the report and return it.

    Raises:
        Unavailable: Shopify or AWS does not answer; what was mended and marked stays so.
    """
    at = desk.now()
    run = Run(
        store=desk.store.name,
        id=f"reconciliation-{at:%Y%m%dT%H%M%SZ}",
        epoch=desk.store.epoch,
        started_at=at,
        until=at - order.settled,
        streams=streams(desk.store),
    )
    checks = list(_connection(desk, order))
    is_connected = checks[0].ok
    data: list[Looked] = []
    held = desk.held if is_connected else NO_TOKEN
    try:
        data += [] if held else looked(desk, order, run)
    except AdminRejected as exc:
        held = str(exc)
    if is_connected:
        checks += _subscriptions(desk, order, data)
    report = Report(
        store=run.store,
        run=run.id,
        at=at,
        dry_run=order.dry_run,
        held=held,
        checks=told(checks),
        streams=tuple(one.report for one in data),
    )
    key = desk.reports.write(report)
    if not order.dry_run:
        desk.marks.save(desk.marks.get(run.epoch), report=key)
    return report


def _connection(desk: Desk, order: Order) -> Iterator[Check]:
    """Look at everything but the subscriptions; the token comes first."""
    now = desk.now()
    try:
        scopes = installation.granted(desk.gateway())
    except AdminRejected as exc:
        yield connection.refused(str(exc))
    else:
        yield good("store", "token", "Shopify takes it")
        yield connection.granted(desk.needed, scopes)
        if not order.dry_run:
            desk.noted(scopes, now)
    yield connection.version(now.date())
    yield from connection.queues(desk.ages())


def _subscriptions(desk: Desk, order: Order, data: Sequence[Looked]) -> Iterator[Check]:
    """Compare them last: what has changed says which topics must have fired."""
    gateway, now = desk.gateway(), desk.now()
    begins = min([now - BACK, *(one.report.since for one in data)])
    heard = Heard.of(desk.ledger.counters(desk.store.name, f"{begins:%Y-%m-%dT%H}"))
    own = list(subscriptions.listed(gateway))
    found = compare(desk.wanted, own, heard, dict(_fired(data)), now)
    if not found:
        yield good("store", "subscriptions", f"{len(desk.wanted.topics)} topics, by the app alone")
    elif order.dry_run:
        yield from (one.check for one in found)
    else:
        yield from mended(gateway, desk.wanted, found)


def _fired(data: Sequence[Looked]) -> Iterator[tuple[str, Fired]]:
    """Count what must have made webhooks, by the newest change of each object."""
    for report, compared in data:
        for topic, is_new in zip(FIRES[report.stream], (True, False), strict=True):
            if not topic:
                continue
            changed = [one for one in compared.seen if one.state != "extra"]
            times = sum(1 for one in changed if one.is_new is is_new)
            yield topic, Fired(times, report.since, report.until)
