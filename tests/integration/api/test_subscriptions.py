"""The home page shows who is subscribed, and how that moved."""

from datetime import timedelta

from shopbridge.consents.counters import ConsentCounters
from tests.integration.account import NOW, Account
from tests.integration.api.calling import Gateway, claims, token
from tests.integration.test_consent_counts import LONG_AGO, NEVER, NO, YES, change

OTHER = "other.myshopify.com"
NOBODY = {"now": 0, "change_30d": 0}


def test_subscriptions_and_their_change(api: Gateway, account: Account) -> None:
    """One from long ago, one who came and left within 30 days, one who was never asked."""
    life = [
        change(1, None, LONG_AGO, "7001"),
        change(2, None, YES, "7002"),
        change(3, YES, NO, "7002"),
        change(4, None, NEVER, "7003"),
    ]
    ConsentCounters(account.ledger).apply("s1", life, NOW)

    told = api("GET", "/subscriptions").json

    assert told == {
        "subscribed": {"now": 1, "change_30d": 0},
        "not_subscribed": {"now": 1, "change_30d": 1},
        "unsubscribed": {"now": 1, "change_30d": 1},
    }


def test_day_before_the_thirty_is_no_change(api: Gateway, account: Account) -> None:
    """Said 31 days ago: it stands in the total alone."""
    said = f"{NOW - timedelta(days=31):%Y-%m-%dT%H:%M:%S.%fZ} subscribed"
    ConsentCounters(account.ledger).apply("s1", [change(1, None, said)], NOW)

    told = api("GET", "/subscriptions").json

    assert told["subscribed"] == {"now": 1, "change_30d": 0}


def test_another_store_is_not_counted(api: Gateway, account: Account) -> None:
    """A store without contacts has none."""
    account.repository(OTHER).install(NOW)
    ConsentCounters(account.ledger).apply("s1", [change(1, None, YES)], NOW)

    told = api("GET", "/subscriptions", bearer=token(claims(OTHER))).json

    assert told == dict.fromkeys(("subscribed", "not_subscribed", "unsubscribed"), NOBODY)
