"""Consent: the guide's five sources, and every word that Shopify has for a state."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from shopbridge.commands import ChangeConsent, ConsentState
from shopbridge.translate import consents
from tests.unit.translate.given import FIXTURES, payload, translated

AT = datetime(2026, 11, 3, 14, 12, 20, tzinfo=UTC)
EMAIL = "customers_email_marketing_consent/update"
SMS = "customers_marketing_consent/update"


def _source(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((FIXTURES / "consents" / f"{name}.json").read_text("utf-8"))
    return case


@pytest.mark.parametrize(
    "name", ["marketing_checkbox", "newsletter_sign_up", "unsubscribe_in_mail", "admin_change"]
)
def test_a_source_of_consent_becomes_its_commands(name: str) -> None:
    """Wherever a yes or no is said, Shopify's webhook gives the commands written beside it."""
    case = _source(name)

    commands = translated(case["topic"], case["payload"])

    assert msgspec.to_builtins(commands) == case["commands"]


def test_history_becomes_its_commands() -> None:
    """What the Admin API says of a customer gives the commands written beside it."""
    case = _source("history")
    mail, phone = case["customer"]["defaultEmailAddress"], case["customer"]["defaultPhoneNumber"]
    at = datetime.fromisoformat(mail["marketingUpdatedAt"])

    commands = [
        consents.email(
            case["customer"]["id"],
            mail["marketingState"],
            at,
            mail["emailAddress"],
            source="history",
        ),
        consents.sms(
            case["customer"]["id"],
            phone["smsMarketingConsent"]["state"],
            phone["smsMarketingConsent"]["updatedAt"],
            phone["phoneNumber"],
            source="history",
        ),
    ]

    assert msgspec.to_builtins(commands) == case["commands"]


def test_the_five_sources_are_all_there() -> None:
    """The guide names five ways in which consent changes; each is a fixture by name."""
    assert {path.stem for path in (FIXTURES / "consents").iterdir()} == {
        "history",
        "marketing_checkbox",
        "newsletter_sign_up",
        "unsubscribe_in_mail",
        "admin_change",
    }


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("subscribed", "subscribed"),
        ("SUBSCRIBED", "subscribed"),
        ("unsubscribed", "unsubscribed"),
        ("UNSUBSCRIBED", "unsubscribed"),
        ("not_subscribed", "not_subscribed"),
        ("NOT_SUBSCRIBED", "not_subscribed"),
        ("never_subscribed", "not_subscribed"),
        ("pending", "not_subscribed"),
        ("invalid", "not_subscribed"),
        ("redacted", "not_subscribed"),
        ("a word of the future", "not_subscribed"),
        ("", "not_subscribed"),
        (None, "not_subscribed"),
    ],
)
def test_only_a_clear_yes_or_no_counts(written: str | None, state: ConsentState) -> None:
    """Both spellings of the two clear states count; every other word is "never asked"."""
    assert consents.state_of(written) == state


def test_never_asked_keeps_the_time_it_came_with() -> None:
    """A pending opt-in has a time but is no yes."""
    consent = {"state": "pending", "consent_updated_at": "2026-11-03T09:12:20-05:00"}

    commands = translated(EMAIL, payload(EMAIL, email_marketing_consent=consent))

    assert commands == [
        ChangeConsent("706405506930370084", "email", "not_subscribed", AT, "bob@example.com")
    ]


def test_text_messages_have_their_own_channel() -> None:
    """The topic with the plain name is about text messages, and its `id` is the customer's."""
    consent = {"state": "subscribed", "consent_updated_at": "2026-11-03T14:12:20Z"}

    commands = translated(SMS, payload(SMS, sms_marketing_consent=consent))

    assert commands == [
        ChangeConsent("706405506930370084", "sms", "subscribed", AT, "+16135550111")
    ]
