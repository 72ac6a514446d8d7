"""Judgements that the doctor and the schedule share."""

from datetime import date, timedelta

from shopbridge.reconciliation.connection import granted, queues, version
from shopbridge.shopify.version import supported_until


def test_version_is_supported_for_a_year() -> None:
    """From the first day of its month."""
    assert supported_until("2026-10") == date(2027, 10, 1)


def test_version_that_nearly_ends_is_a_finding() -> None:
    """Three months before, a newer one should be in use."""
    early, late = version(date(2027, 6, 25)), version(date(2027, 7, 10))

    assert (early.ok, late.ok) == (True, False)
    assert late.found == "supported until 2027-10-01"


def test_scopes_that_nobody_knows_are_no_finding() -> None:
    """Writing implies reading; what is lacking is named."""
    unknown = granted("read_orders", None)
    implied = granted("read_orders", {"write_orders"})
    lacking = granted("read_orders,read_products", {"read_products"})

    assert (unknown.ok, unknown.found) == (True, "not known")
    assert (implied.ok, implied.found) == (True, "granted")
    assert (lacking.ok, lacking.found) == (False, "read_orders")


def test_oldest_message_of_a_lane() -> None:
    """One line where none is late, one for each that is."""
    fine = queues({"contacts": timedelta(minutes=14), "contacts-history": timedelta(hours=20)})
    late = queues({"contacts": timedelta(minutes=15), "archive": timedelta(hours=2)})

    assert [(one.what, one.ok, one.found) for one in fine] == [("queues", True, "72000 s at most")]
    assert [one.what for one in late] == ["queue archive", "queue contacts"]
    assert [one.found for one in queues({})] == ["not measured"]
