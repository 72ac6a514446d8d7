"""What changes to the store itself mean."""

from datetime import UTC, datetime

import pytest

from shopbridge.commands import UpdateShop
from shopbridge.errors import InvalidPayload
from tests.unit.translate.given import payload, translated


def test_another_stores_body_is_refused() -> None:
    """The store's name in the header is not signed: a body of another store is parked."""
    body = payload("shop/update", myshopify_domain="another-store.myshopify.com")

    with pytest.raises(InvalidPayload, match="another store"):
        translated("shop/update", body)


def test_nulls_fall_back_on_what_is_known() -> None:
    """Without public domain the store's own counts, without IANA zone the one for people."""
    body = payload("shop/update", domain=None, myshopify_domain=None, iana_timezone=None)

    commands = translated("shop/update", body)

    assert commands == [
        UpdateShop(
            name="Super Toys",
            domain="vapid-store.myshopify.com",
            currency="USD",
            timezone="(GMT-05:00) Eastern Time (US & Canada)",
            updated_at=datetime(2026, 11, 3, 14, tzinfo=UTC),
        )
    ]
