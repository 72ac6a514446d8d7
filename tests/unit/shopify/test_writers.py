"""What we write into a store, and what Shopify says to it."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from shopbridge.commands import ChangeConsent
from shopbridge.errors import AdminRejected
from shopbridge.shopify.writers import Refused, ScopeMissing, Writer
from tests.unit.shopify.admin import answering, gateway, problem

NO = ChangeConsent("7001", "email", "unsubscribed", datetime(2026, 11, 17, 8, tzinfo=UTC))
REFUSED = {"userErrors": [{"field": ["input", "emailMarketingConsent"], "code": "INVALID"}]}


def test_consent_is_written_with_its_time() -> None:
    """Whole seconds, and nothing about how somebody opted in where they opted out."""
    asked: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content)["variables"])
        return answering(data={"customerEmailMarketingConsentUpdate": {"userErrors": []}})

    Writer(gateway(answer)).consent(NO)

    said = {"marketingState": "UNSUBSCRIBED", "consentUpdatedAt": "2026-11-17T08:00:00Z"}
    assert asked == [
        {"input": {"customerId": "gid://shopify/Customer/7001", "emailMarketingConsent": said}}
    ]


def test_a_refusal_names_fields_and_codes_alone() -> None:
    """Shopify's own words may quote what was sent."""
    writer = Writer(gateway(answering(data={"customerEmailMarketingConsentUpdate": REFUSED})))

    with pytest.raises(Refused, match=r"^Shopify refuses INVALID, emailMarketingConsent$"):
        writer.consent(NO)


def test_a_missing_scope_is_told_from_a_refusal() -> None:
    """The merchant can grant it, and then it goes on."""
    denied = problem("ACCESS_DENIED", "customerEmailMarketingConsentUpdate")
    data = {"customerEmailMarketingConsentUpdate": None}

    with pytest.raises(ScopeMissing, match="a scope is missing"):
        Writer(gateway(answering(data=data, errors=[denied]))).consent(NO)


def test_silence_about_a_change_is_no_success() -> None:
    """Neither an error nor a payload: nobody knows what became of it."""
    data = {"customerEmailMarketingConsentUpdate": None}

    with pytest.raises(AdminRejected, match="nothing of the change"):
        Writer(gateway(answering(data=data))).consent(NO)
