"""A profile adds to a customer; it takes nothing away and subscribes nobody."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shopbridge.commands import FillCustomer, Identity
from shopbridge.shopify.people import Customer
from shopbridge.stores.settings import Settings, ToShopify
from shopbridge.to_shopify.filling import Filling, missing, new
from tests.unit.shopify.admin import customer

AT = datetime(2026, 11, 23, tzinfo=UTC)
"""After the customer's last change."""
NEWEST = Settings(to_shopify=ToShopify(conflicts="newest"))


def known(**changes: Any) -> Customer:
    """Return Asha Rao as Shopify has her."""
    return Customer.model_validate(customer(**changes))


def told(first: str = "Eve", *tags: str, **who: str) -> FillCustomer:
    """Return what a form told."""
    return FillCustomer(Identity("7001", **who), first, "Rao", tags, at=AT)


def test_what_shopify_has_stays() -> None:
    """A name that is there is not replaced, and an equal one is not written."""
    assert missing(known(), told("Eve", "VIP"), Settings()) == Filling()


def test_what_shopify_lacks_is_filled() -> None:
    """Names and addresses; the number with its plus, as Shopify takes it."""
    bare = known(firstName=None, defaultPhoneNumber=None)

    found = missing(bare, told(phone="447700900123"), Settings())

    assert found == Filling({"firstName": "Eve", "phone": "+447700900123"})


def test_an_address_is_never_replaced() -> None:
    """Consent hangs on it, whatever the store chose."""
    found = missing(known(), told("Asha", email="new@example.com"), NEWEST)

    assert found == Filling()


def test_the_newest_name_stands_where_chosen() -> None:
    """Younger than the customer's last change: the form's."""
    assert missing(known(), told("Eve"), NEWEST) == Filling({"firstName": "Eve"})
    older = known(updatedAt="2026-11-24T00:00:00Z")
    assert missing(older, told("Eve"), NEWEST) == Filling()


def test_tags_are_added_once() -> None:
    """Shopify's tags do not differ by case."""
    assert missing(known(), told("Asha", "VIP", "web"), Settings()).tags == ("web",)


def test_nobody_is_made_without_an_address() -> None:
    """A name alone is nobody."""
    assert not new(FillCustomer(Identity(), "Eve", at=AT), Settings())


NAMES = st.sampled_from(["", "Asha", "Eve"])


@given(NAMES, NAMES, st.sampled_from([Settings(), NEWEST]))
def test_nothing_is_ever_blanked(first: str, last: str, chosen: Settings) -> None:
    """No value that is written is empty, and writing it once is enough."""
    command = FillCustomer(Identity("7001"), first, last, at=AT)

    found = missing(known(), command, chosen)

    assert all(found.values.values())
    after = known(**found.values)
    assert missing(after, command, chosen) == Filling()
