"""A contact's row tells whether Netcore has what Shopify says."""

from datetime import UTC, datetime
from typing import Any

from shopbridge.contacts.difference import difference, sent_digest
from shopbridge.contacts.row import Row
from shopbridge.to_shopify.links import Makes
from shopbridge.translate.contacts import Consents, attributes
from tests.unit.contacts.customers import one, store

READ = datetime(2026, 11, 25, 12, tzinfo=UTC)
SAID = "2026-11-01T08:00:00.000000Z subscribed"


SHOWN: Consents = {"email": "subscribed", "sms": "not_subscribed"}


def row(**changes: Any) -> Row:
    """Write the row of a contact that was sent as it is now."""
    found = attributes(one(), store(), SHOWN)
    item = {
        "version": "2026-01-01T00:00:00.000000Z",
        "digest": sent_digest(store(), Row("7001"), found, SHOWN),
        "email_wanted": SAID,
        "email_sent": SAID,
        "email_address": "9f",
        "email_address_at": "2027-01-01T00:00:00.000000Z",
        "sms_wanted": " not_subscribed",
        "sms_sent": " not_subscribed",
        "sms_address": "9f",
        "sms_address_at": "2027-01-01T00:00:00.000000Z",
    }
    return Row("7001", {**item, **changes})


def test_what_was_sent_long_ago_and_never_changed_is_the_same() -> None:
    """A digest's age is no difference: nothing was missed."""
    assert difference(store(), row(), one(), READ) == "same"


def test_contact_that_was_never_sent_is_missing() -> None:
    """Though its consent may be known."""
    known = row()
    item = {name: value for name, value in known.item.items() if name != "version"}

    assert difference(store(), Row("7001", item), one(), READ) == "missing"
    assert difference(store(), Row("7001"), one(), READ) == "missing"


def test_other_attributes_are_stale() -> None:
    """A name has changed."""
    assert difference(store(), row(), one(firstName="Usha"), READ) == "stale"


def test_newer_word_is_another_consent() -> None:
    """Said later than what the row wants, or wanted and never sent."""
    email = {
        "emailAddress": "asha@example.com",
        "marketingState": "UNSUBSCRIBED",
        "marketingUpdatedAt": "2026-11-20T08:00:00Z",
    }

    assert difference(store(), row(), one(defaultEmailAddress=email), READ) == "consent"
    assert difference(store(), row(email_sent=" not_subscribed"), one(), READ) == "consent"


def test_customer_without_the_primary_key_is_nobodys() -> None:
    """Nothing could be sent."""
    by_email = store(primary_key="EMAIL")

    assert difference(by_email, Row("7001"), one(defaultEmailAddress=None), READ) == "unidentified"


def test_link_to_unsubscribe_that_was_sent_is_no_difference() -> None:
    """It is made anew for the comparison; another one, a year later, is stale."""
    chosen = store(
        attributes={"own": [{"label": "UNSUBSCRIBE", "field": "unsubscribe_url"}]},
    )
    sent = attributes(one(), chosen, SHOWN, "https://api.example/u/2026")
    known = Row("7001", {**row().item, "digest": sent_digest(chosen, Row("7001"), sent, SHOWN)})

    assert difference(chosen, known, one(), READ, link("2026")) == "same"
    assert difference(chosen, known, one(), READ, link("2027")) == "stale"


def link(token: str) -> Makes:
    """Make everybody's link the same."""
    return lambda store, customer_id: f"https://api.example/u/{token}"
