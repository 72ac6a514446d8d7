"""A run from its start to its end: what it sends, and what it may call itself."""

from shopbridge.ledger.report import commands
from tests.integration.historic_sync.conftest import Opened


def test_run_carries_every_customer_over(opened: Opened) -> None:
    """Planned, read, sent, settled and verified: all of Shopify's customers, each once."""
    history = opened(customers=30, size=7)

    done = history.follow(history.start())

    (slice_,) = history.slices()
    assert history.latest().state == "COMPLETE"
    assert done == ["plan", "plan", "read", "settle", "settle", "verify", "finish"]
    assert (slice_.counted, slice_.read, slice_.ended, slice_.gaps) == (30, 30, 30, 0)
    assert history.at_netcore() == history.in_shopify()


def test_report_of_a_run_balances(opened: Opened) -> None:
    """The ledger counts as many commands made as ended, under the topic of the stream."""
    history = opened(customers=30, size=7)

    history.follow(history.start())

    ((place, counts),) = history.counts().items()
    tally = commands(counts)["SendContact"]
    assert place.topic == "history/customers"
    assert (tally.made, tally.ended, tally.waiting) == (30, {"delivered": 30}, 0)
