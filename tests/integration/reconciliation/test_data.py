"""What live events missed is found and mended, and nothing else is sent."""

from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import plain


def test_customer_whose_webhook_was_lost_is_found_and_sent(opened: Opened) -> None:
    """One of two registrations never arrived: it alone is missing, and is at Netcore afterwards."""
    store = opened()
    (came,) = plain(store.lives("register")[:1])
    store.works()
    (lost,) = plain(store.lives("register", arrives=False)[:1])
    store.passes(hours=1)

    report = store.reconcile()

    (customers, _) = report.streams
    assert (customers.missing, customers.stale, customers.consent) == ((lost,), (), ())
    assert customers.repaired == 1
    assert store.contacts_sent() == [came, lost]
