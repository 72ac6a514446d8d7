"""Compares each stream of a store's data, sends what mends it, and marks how far it came."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from shopbridge import times
from shopbridge.abandonment.row import KEPT
from shopbridge.historic_sync.run import Run, Stream
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.marks import Marks
from shopbridge.reconciliation.order import Order
from shopbridge.reconciliation.reading import compare, gone
from shopbridge.reconciliation.repairing import send
from shopbridge.reconciliation.report import StreamReport, stream_report
from shopbridge.reconciliation.seen import Compared, Seen, Span, within
from shopbridge.stores.store import Store

EVER: Final = datetime.min.replace(tzinfo=UTC)
OVERLAP: Final = timedelta(hours=1)
"""How far before its mark a stream is read again: Shopify's search lags behind its data."""


class Looked(NamedTuple):
    """One stream, compared and mended."""

    report: StreamReport
    compared: Compared


def streams(store: Store) -> tuple[Stream, ...]:
    """List what of a store is carried over, whether or not it had a history."""
    products: tuple[Stream, ...] = ("products",) if store.settings.product_catalogue else ()
    return ("customers", "orders", *products, "checkouts")


def looked(desk: Desk, order: Order, run: Run) -> Iterator[Looked]:
    """
    Compare and mend stream by stream; each is marked before the next is begun.

    Raises:
        Unavailable: Shopify or AWS does not answer.
        AdminRejected: Shopify refuses the app, the store or a query.
    """
    marks = desk.marks.get(run.epoch)
    for stream in run.streams:
        before = max(
            marks.streams.get(stream, times.second(desk.store.installed_at)), _floor(stream, run)
        )
        since = max(_since(desk, order, before), _floor(stream, run))
        span = Span(since, run.until)
        if span.since >= span.until:
            continue
        compared = compare(desk, stream, span)
        if stream == "products":
            extra = gone(desk, run.until)
            compared = compared._replace(seen=[*compared.seen, *extra])
        mend, left = within(compared.seen, desk.cap)
        if not order.dry_run:
            send(desk, run, compared, mend)
            marks = _marked(desk, marks, before, compared, left)
        yield Looked(
            stream_report(compared, 0 if order.dry_run else len(mend), len(left)), compared
        )


def _since(desk: Desk, order: Order, mark: datetime) -> datetime:
    """Begin where the last time ended, a little before; what was before the install is history."""
    return max(times.second(desk.store.installed_at), order.since or mark - OVERLAP)


def _floor(stream: Stream, run: Run) -> datetime:
    """Of older checkouts nobody knows any more whether they were waited for."""
    return run.until - KEPT if stream == "checkouts" else EVER


def _marked(
    desk: Desk, marks: Marks, before: datetime, compared: Compared, left: Sequence[Seen]
) -> Marks:
    """Move the stream's mark, unless that would jump over something never compared."""
    after = min([compared.span.until, *(one.at for one in left)])
    if compared.span.since > before or after <= before:
        return marks
    return desk.marks.save(marks, streams={**marks.streams, compared.stream: after})
