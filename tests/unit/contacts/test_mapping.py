"""The one mapping from a Shopify customer to a Netcore contact."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.commands import ChangeConsent, Channel, ConsentState
from shopbridge.consents.carried import said_now
from shopbridge.shopify.people import Customer
from shopbridge.stores.settings import MOST_OWN
from shopbridge.translate.attribute_names import name, primary_key
from shopbridge.translate.contacts import attributes, subscriptions
from shopbridge.translate.currencies import written
from tests.unit.contacts.customers import NETCORE, one, store
from tests.unit.shopify.admin import customer

SHOWN: dict[Channel, ConsentState] = {"email": "subscribed", "sms": "not_subscribed"}


def test_customer_becomes_a_contact() -> None:
    """The eight attributes and the six of the store, values text or whole numbers."""
    found = attributes(one(), store(), SHOWN)

    assert found == {
        "EMAIL": "asha@example.com",
        "MOBILE": "14155550123",
        "CUSTID": "7001",
        "FIRSTNAME": "Asha",
        "LASTNAME": "Rao",
        "TOTALSPENT": "120.50",
        "TOTALORDERS": 3,
        "TAGS": "vip, wholesale",
        "SH_TOTALSPENT_VAPID_STORE": "120.50",
        "SH_TOTALORDERS_VAPID_STORE": 3,
        "SH_TAGS_VAPID_STORE": "vip, wholesale",
        "SH_LASTORDERID_VAPID_STORE": "5001",
        "SH_LASTORDERNAME_VAPID_STORE": "#1001",
        "SH_EMAIL_SUBSCRIPTION_VAPID_STORE": "Subscribed",
    }


def test_what_is_not_there_is_empty() -> None:
    """A customer with nothing but an id has empty texts, which clear older values."""
    bare = one(
        firstName=None,
        lastName=None,
        tags=[],
        numberOfOrders="0",
        amountSpent={"amount": "0.0", "currencyCode": "USD"},
        lastOrder=None,
        defaultEmailAddress=None,
        defaultPhoneNumber=None,
    )

    found = attributes(bare, store(), {})

    assert found == {
        "EMAIL": "",
        "MOBILE": "",
        "CUSTID": "7001",
        "FIRSTNAME": "",
        "LASTNAME": "",
        "TOTALSPENT": "0.00",
        "TOTALORDERS": 0,
        "TAGS": "",
        "SH_TOTALSPENT_VAPID_STORE": "0.00",
        "SH_TOTALORDERS_VAPID_STORE": 0,
        "SH_TAGS_VAPID_STORE": "",
        "SH_LASTORDERID_VAPID_STORE": "",
        "SH_LASTORDERNAME_VAPID_STORE": "",
    }


def test_own_attributes_follow_the_naming_format() -> None:
    """A merchant's choice of fields comes under their labels, six at most."""
    fields = {
        "LANGUAGE": "locale",
        "ACCOUNT": "state",
        "SINCE": "created_at",
        "LASTORDER": "last_order_at",
        "SMS": "sms_subscription",
        "VERIFIED": "verified_email",
    }
    own = [{"label": label, "field": field} for label, field in fields.items()]

    found = attributes(one(), store(attributes={"own": own}), SHOWN)

    assert len(own) == MOST_OWN
    assert len(found) == 20  # Netcore's limit
    assert {key: found[f"SH_{key}_VAPID_STORE"] for key in fields} == {
        "LANGUAGE": "en",
        "ACCOUNT": "enabled",
        "SINCE": "2026-01-02",
        "LASTORDER": "2026-11-19",
        "SMS": "Not Subscribed",
        "VERIFIED": "true",
    }


def test_address_fields_can_be_chosen() -> None:
    """City, province, country and post code come from the default address."""
    fields = ("city", "province", "country", "zip")
    own = [{"label": field.upper(), "field": field} for field in fields]

    found = attributes(one(), store(attributes={"own": own}), {})

    assert [found[f"SH_{field.upper()}_VAPID_STORE"] for field in fields] == [
        "Pune",
        "Maharashtra",
        "India",
        "411001",
    ]


def test_what_is_switched_off_is_not_mentioned() -> None:
    """Every attribute has its switch; the primary key is sent all the same."""
    chosen = {
        "contact": dict.fromkeys(
            ("CUSTID", "EMAIL", "MOBILE", "FIRSTNAME", "TOTALSPENT", "TOTALORDERS", "TAGS"), False
        ),
        "store": dict.fromkeys(
            ("TOTALSPENT", "TOTALORDERS", "TAGS", "LASTORDERID", "EMAIL_SUBSCRIPTION"), False
        ),
    }

    found = attributes(one(), store(attributes=chosen), SHOWN)

    assert found == {
        "CUSTID": "7001",
        "LASTNAME": "Rao",
        "SH_LASTORDERNAME_VAPID_STORE": "#1001",
    }


def test_panel_may_spell_attributes_differently() -> None:
    """Old panels have FIRST_NAME; the primary key's spelling is followed too."""
    spelt = {"FIRSTNAME": "FIRST_NAME", "CUSTID": "CUSTOMER_ID"}
    netcore = {**NETCORE, "spellings": {"attributes": spelt}}
    chosen = store(netcore=netcore)

    found = attributes(one(), chosen, {})

    assert (found["FIRST_NAME"], found["CUSTOMER_ID"]) == ("Asha", "7001")
    assert "FIRSTNAME" not in found
    assert primary_key(chosen.settings) == "CUSTOMER_ID"


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("asha@example.com", "asha@example.com"),
        ("a" * 245 + "@mail.com", "a" * 245 + "@mail.com"),
        ("a" * 246 + "@mail.com", ""),
        ("asha@example.com\r\nBcc: x@example.com", ""),
        ("no address", ""),
    ],
)
def test_only_usable_addresses_are_sent(email: str, expected: str) -> None:
    """Too long, broken by line ends or no address at all: dropped."""
    found = attributes(one(defaultEmailAddress={"emailAddress": email}), store(), {})

    assert found["EMAIL"] == expected


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("+44 7700 900123", "", "447700900123"),
        ("098201 23456", "IN", "919820123456"),
        ("098201 23456", "", ""),
        ("call me", "IN", ""),
        ("+1" + "2" * 40, "", ""),
    ],
)
def test_phones_are_digits_with_country_code(number: str, country: str, expected: str) -> None:
    """Numbers are normalised by a library; what can be none is dropped."""
    customer_ = one(defaultPhoneNumber={"phoneNumber": number})

    assert attributes(customer_, store(country=country), {})["MOBILE"] == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("120.5", "USD", "120.50"),
        ("120.567", "USD", "120.567"),
        ("1200.0", "JPY", "1200"),
        ("1200.5", "JPY", "1200.5"),
        ("1.5", "KWD", "1.500"),
        ("0", "EUR", "0.00"),
        ("100000000000000000.01", "INR", "100000000000000000.01"),
        ("1E+3", "USD", "1000.00"),
    ],
)
def test_money_has_its_currencys_decimals(amount: str, currency: str, expected: str) -> None:
    """Money is text with the decimals of its currency; no digit that counts is lost."""
    assert written(Decimal(amount), currency) == expected


def test_tags_are_cut_between_two_tags() -> None:
    """As many whole tags as fit into 255 characters."""
    tags = [f"tag-{number:03}" for number in range(5000)]

    found = attributes(one(tags=tags), store(), {})

    assert str(found["TAGS"]).endswith("tag-026, tag-027")
    assert len(str(found["TAGS"])) == 250


def test_tag_that_is_too_long_alone_is_left_out() -> None:
    """No tag is ever cut in two."""
    assert attributes(one(tags=["x" * 256, "vip"]), store(), {})["TAGS"] == ""


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("vapid-store", "SH_EMAIL_SUBSCRIPTION_VAPID_STORE"),
        ("a" * 42, "SH_EMAIL_SUBSCRIPTION_" + "A" * 42),
        ("a" * 43, "SH_EMAIL_SUBSCRIPTION_" + "A" * 35 + "_66D34F"),
        ("a" * 44, "SH_EMAIL_SUBSCRIPTION_" + "A" * 35 + "_168498"),
    ],
)
def test_attribute_names_fit_into_64_characters(handle: str, expected: str) -> None:
    """Long store names are cut and told apart by a hash."""
    found = name("EMAIL_SUBSCRIPTION", store(f"{handle}.myshopify.com"))

    assert found == expected
    assert len(found) <= 64


def test_subscriptions_alone_can_be_written() -> None:
    """What the consent worker sends: the states, under the store's and the merchant's names."""
    own = [{"label": "SMS", "field": "sms_subscription"}]

    found = subscriptions(
        store(attributes={"own": own}), {"email": "unsubscribed", "sms": "subscribed"}
    )

    assert found == {
        "SH_EMAIL_SUBSCRIPTION_VAPID_STORE": "Unsubscribed",
        "SH_SMS_VAPID_STORE": "Subscribed",
    }


def test_current_consent_is_read_from_both_channels() -> None:
    """What Shopify shows now becomes the same commands as a webhook's."""
    found = list(said_now(one()))

    assert [(each.channel, each.state, each.at and each.at.isoformat()) for each in found] == [
        ("email", "subscribed", "2026-11-01T08:00:00+00:00"),
        ("sms", "not_subscribed", None),
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("SUBSCRIBED", "2026-01-02T10:00:00+00:00"), ("UNSUBSCRIBED", "2026-11-20T10:00:00+00:00")],
)
def test_consent_without_a_time_is_dated_safely(state: str, expected: str) -> None:
    """A yes counts as old as the customer, a no as new as the last change."""
    address = {"emailAddress": "a@example.com", "marketingState": state}

    email, _ = said_now(one(defaultEmailAddress=address))

    assert isinstance(email, ChangeConsent)
    assert email.at
    assert email.at.isoformat() == expected


def test_errors_do_not_quote_the_customer() -> None:
    """A customer of an unexpected shape is refused without its values."""
    with pytest.raises(ValueError, match="createdAt") as caught:
        Customer.model_validate(customer(createdAt="asha@example.com"))

    assert "asha" not in str(caught.value)


@st.composite
def customers(draw: st.DrawFn) -> dict[str, Any]:
    """Make customers with any text where Shopify has text."""
    text = st.text(max_size=400)
    return customer(
        firstName=draw(text | st.none()),
        tags=draw(st.lists(text, max_size=30)),
        amountSpent={
            "amount": str(draw(st.decimals(0, 10**15, places=3))),
            "currencyCode": draw(st.sampled_from(["USD", "JPY", "KWD", "XXX"])),
        },
        defaultEmailAddress=draw(st.none() | st.fixed_dictionaries({"emailAddress": text})),
        defaultPhoneNumber=draw(st.none() | st.fixed_dictionaries({"phoneNumber": text})),
    )


@given(customers())
def test_any_customer_becomes_what_netcore_takes(given_: dict[str, Any]) -> None:
    """Whatever Shopify holds: text up to 255 characters or whole numbers, 20 at most."""
    found = attributes(Customer.model_validate(given_), store(), SHOWN)

    assert len(found) <= 20
    assert all(
        type(value) is int or (type(value) is str and len(value) <= 255) for value in found.values()
    )
    assert json.dumps(found, ensure_ascii=True, allow_nan=False)
