"""Which subscriptions are one too many, and which are missing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shopbridge.reconciliation.heard import Arrivals, Heard
from shopbridge.reconciliation.subscriptions import STAND_IN, Fired, Wanted, compare
from shopbridge.shopify.subscriptions import Subscription, spelt

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MADE = NOW - timedelta(days=1)
WANTED = Wanted(("orders/create", "orders/updated", "customer.tags_added"), "https://api.example")
HOUR = "2026-11-25T10"
NOBODY = Heard({})
APPS = Heard({(HOUR, "orders/updated"): Arrivals(5, 5)})
"""The app's own subscriptions deliver: of a topic that no store has for itself."""


def own(topic: str, **changes: Any) -> Subscription:
    """Write a subscription of one store."""
    told = {
        "id": f"gid://shopify/WebhookSubscription/{topic}",
        "topic": spelt(topic),
        "uri": WANTED.uri(topic),
        "createdAt": MADE,
    }
    return Subscription.model_validate({**told, **changes})


def test_topics_are_spelt_as_shopify_does() -> None:
    """Dots and slashes become underscores."""
    assert spelt("customer.tags_added") == "CUSTOMER_TAGS_ADDED"
    assert spelt("orders/create") == "ORDERS_CREATE"


def test_store_without_subscriptions_of_its_own_is_as_it_should_be() -> None:
    """All are the app's."""
    assert compare(WANTED, [], NOBODY, {}, NOW) == []


def test_topic_that_nothing_serves_is_deleted() -> None:
    """Our address answers 404 for it."""
    old = own("carts/update")

    (found,) = compare(WANTED, [old], NOBODY, {}, NOW)

    assert (found.delete, found.check.what) == (old, "subscription CARTS_UPDATE")


def test_second_way_in_counts_as_well() -> None:
    """Over the partner bus the same topic comes once more."""
    bus = "aws.partner/shopify.com/1/shopbridge"
    wanted = Wanted(WANTED.topics, WANTED.address, bus)
    uri = f"arn:aws:events:us-east-1::event-source/{bus}"

    (found,) = compare(wanted, [own("orders/create", uri=uri)], APPS, {}, NOW)

    assert found.delete is not None


def test_address_that_only_begins_like_ours_is_foreign() -> None:
    """`api.example.evil` is somebody else."""
    uri = "https://api.example.evil/webhooks/orders/create"

    (found,) = compare(WANTED, [own("orders/create", uri=uri)], APPS, {}, NOW)

    assert found.delete is None
    assert found.check.found == "goes to https://api.example.evil"


def test_arrivals_of_long_ago_prove_nothing() -> None:
    """What came more than a week ago may have been another subscription."""
    old = Heard({("2026-11-10T10", "orders/updated"): Arrivals(5, 5)})

    (found,) = compare(WANTED, [own("orders/create")], old, {}, NOW)

    assert found.delete is None


def test_stand_in_stays_while_deliveries_come_once() -> None:
    """That the app's others deliver says nothing about the topic that was silent."""
    stand_in = own("orders/create", name=STAND_IN)
    once = Heard({**APPS.counted, (HOUR, "orders/create"): Arrivals(10, 10)})
    twice = Heard({**APPS.counted, (HOUR, "orders/create"): Arrivals(20, 10)})

    kept, gone = (compare(WANTED, [stand_in], heard, {}, NOW)[0] for heard in (once, twice))

    assert (kept.delete, gone.delete) == (None, stand_in)


def test_topic_is_silent_where_it_fired_thrice_and_nothing_came() -> None:
    """Two might be chance; anything that came in its hours disproves it."""
    since = NOW - timedelta(hours=4)
    fired = {name: Fired(times, since, NOW) for name, times in
             (("orders/create", 3), ("orders/updated", 9), ("customer.tags_added", 2))}  # fmt: skip

    found = compare(WANTED, [], APPS, fired, NOW)

    assert [one.create for one in found] == ["orders/create"]


def test_silent_topic_that_has_a_stand_in_needs_no_other() -> None:
    """One is enough, whatever it hears."""
    fired = {"orders/create": Fired(9, NOW - timedelta(hours=4), NOW)}

    (found,) = compare(WANTED, [own("orders/create", name=STAND_IN)], NOBODY, fired, NOW)

    assert found.create == ""


def test_hours_are_counted_from_the_first_to_the_last() -> None:
    """Arrivals outside of them are left out."""
    heard = Heard.of(
        {"row": f"2026-11-25T{hour}#orders/create", "arrivals": 2, "deliveries": 1}
        for hour in ("07", "08", "09", "10")
    )
    since, until = (datetime(2026, 11, 25, hour, 30, tzinfo=UTC) for hour in (8, 9))

    assert heard.since("orders/create", since, until) == (4, 2)
    assert heard.since("orders/create", since) == (6, 3)
    assert heard.since("orders/updated", since) == (0, 0)
