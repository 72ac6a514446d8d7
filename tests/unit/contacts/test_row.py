"""A contact's row: what it says was sent, and when it stops being believed."""

from datetime import UTC, datetime

from shopbridge.contacts.row import Row, digest

SENT = Row("7001", {"version": "2026-11-01T00:00:00.000000Z", "digest": "d1"})


def test_equal_digest_is_believed_for_thirty_days() -> None:
    """Netcore may lose a batch without a word, so after 30 days all is sent again."""
    assert SENT.was_sent("d1", datetime(2026, 11, 30, 23, tzinfo=UTC))
    assert not SENT.was_sent("d1", datetime(2026, 12, 1, 0, tzinfo=UTC))


def test_other_digest_was_not_sent() -> None:
    """Something changed since."""
    assert not SENT.was_sent("d2", datetime(2026, 11, 2, tzinfo=UTC))


def test_digests_do_not_show_that_two_people_share_an_address() -> None:
    """Store and customer go into the digest; the content cannot be read from it."""
    one = digest("a.myshopify.com", "1", "asha@example.com")

    assert one != digest("a.myshopify.com", "2", "asha@example.com")
    assert one != digest("b.myshopify.com", "1", "asha@example.com")
    assert one == digest("a.myshopify.com", "1", "asha@example.com")
    assert len(one) == 32
