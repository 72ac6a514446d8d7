"""What customers mean: a registration, a refresh, and in older versions a consent."""

from datetime import UTC, datetime

import pytest

from shopbridge.commands import ChangeConsent, RefreshContact
from tests.unit.translate.given import activity, payload, translated, webhook

CONSENT = {
    "state": "subscribed",
    "opt_in_level": "single_opt_in",
    "consent_updated_at": "2026-11-03T08:55:12-05:00",
}


def test_a_customer_without_contact_is_registered_by_id() -> None:
    """Neither e-mail nor phone is needed: Shopify's id identifies."""
    registered = activity("customers/create", payload("customers/create", email=None, phone=None))

    assert registered.identity.customer_id == "706405506930370084"
    assert registered.params == {
        "customerid": "706405506930370084",
        "firstname": "Bob",
        "lastname": "Biller",
        "store": "vapid-store",
    }


@pytest.mark.parametrize("email", ["x" * 400 + "@example.com", "a@example.com\r\nBcc: b@c.com"])
def test_an_unusable_address_is_dropped_not_the_customer(email: str) -> None:
    """Too long or with a line break: the rest of the registration is told."""
    registered = activity("customers/create", payload("customers/create", email=email))

    assert registered.identity.email is None
    assert "email" not in registered.params


def test_older_versions_bring_consent_along() -> None:
    """Up to 2024-10 a customer's body holds both consents: each becomes a command."""
    body = payload(
        "customers/update",
        email_marketing_consent=CONSENT,
        sms_marketing_consent=CONSENT | {"state": "unsubscribed"},
    )

    commands = translated("customers/update", body)

    at = datetime(2026, 11, 3, 13, 55, 12, tzinfo=UTC)
    assert commands == [
        RefreshContact("706405506930370084"),
        ChangeConsent("706405506930370084", "email", "subscribed", at, "bob@example.com"),
        ChangeConsent("706405506930370084", "sms", "unsubscribed", at, "+16135550111"),
    ]


@pytest.mark.parametrize("topic", ["customers/create", "customers/update", "customers/delete"])
def test_names_and_addresses_stay_out_of_the_ledger(topic: str) -> None:
    """What the ledger keeps of a customer's delivery is the id alone."""
    parsed = webhook(topic).payload(id=7001, email="bob@example.com", first_name="Bob")

    assert (parsed.resource, parsed.title) == ("customer#7001", "")
