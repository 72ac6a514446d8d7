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


def test_consent_is_carried_over_with_its_customer(opened: Opened) -> None:
    """Who said no is blacklisted; who was never asked, or said yes, is not."""
    history = opened(customers=12)

    history.follow(history.start())

    states = {
        each["legacyResourceId"]: (each["defaultEmailAddress"] or {}).get("marketingState")
        for each in history.shop.get("/_world/customers").json()
    }
    blacklisted = {one for one, (_, is_blacklisted) in history.profiles().items() if is_blacklisted}
    assert blacklisted == {one for one, state in states.items() if state == "UNSUBSCRIBED"}
    assert len(blacklisted) == 4


def test_second_run_reads_everything_and_sends_nothing(opened: Opened) -> None:
    """What Netcore has already is recognised by its digest."""
    history = opened(customers=12)
    history.follow(history.start())
    sent = history.at_netcore()
    history.clock.sleep(60)

    history.follow(history.start())

    assert history.latest().state == "COMPLETE"
    assert history.at_netcore() == sent
