"""A new customer, and how they can be reached."""

from typing import Any

from local.store.people import Person
from local.store.resources import Resource
from local.store.world import World


def new_customer(
    world: World, person: Person, *, contact: str = "both", state: str = "DISABLED"
) -> Resource:
    """Add a customer; `DISABLED` is a buyer without an account."""
    email = person.email if contact in ("both", "email") else None
    phone = person.phone if contact in ("both", "phone") else None
    address = mailing_address(world, person, phone) if contact != "nothing" else None
    return world.add(
        "Customer",
        **_profile(person, state, email is not None),
        numberOfOrders="0",
        amountSpent={"amount": "0.0", "currencyCode": world.currency},
        lastOrder=None,
        orders=[],
        defaultEmailAddress=email_address(email) if email else None,
        defaultPhoneNumber=phone_number(phone) if phone else None,
        defaultAddress=address,
        addressesV2=[address] if address else [],
    )


def email_address(email: str) -> Resource:
    """A `CustomerEmailAddress` whose owner was never asked."""
    return {
        "__typename": "CustomerEmailAddress",
        "emailAddress": email,
        "marketingState": "NOT_SUBSCRIBED",
        "marketingOptInLevel": None,
        "marketingUpdatedAt": None,
        "validFormat": True,
        "sourceLocation": None,
        "openTrackingLevel": "UNKNOWN",
    }


def phone_number(phone: str) -> Resource:
    """A `CustomerPhoneNumber` whose owner was never asked."""
    never: dict[str, Any] = {
        "state": "NEVER_SUBSCRIBED",
        "optInLevel": "UNKNOWN",
        "updatedAt": None,
        "collectedFrom": None,
        "sourceLocation": None,
    }
    return {"phoneNumber": phone, "smsMarketingConsent": never}


def mailing_address(world: World, person: Person, phone: str | None) -> Resource:
    """A `MailingAddress` of somebody."""
    return {
        "__typename": "MailingAddress",
        "id": f"gid://shopify/MailingAddress/{world.number()}",
        "firstName": person.first_name,
        "lastName": person.last_name,
        "name": f"{person.first_name} {person.last_name}",
        "phone": phone,
        "address1": person.street,
        "address2": None,
        "company": None,
        "city": person.city,
        "zip": person.zip,
        "province": person.province,
        "provinceCode": person.province_code,
        "country": person.country,
        "countryCodeV2": person.country_code,
    }


def _profile(person: Person, state: str, verified: bool) -> Resource:
    return {
        "firstName": person.first_name,
        "lastName": person.last_name,
        "displayName": f"{person.first_name} {person.last_name}",
        "locale": "en",
        "state": state,
        "note": None,
        "tags": [],
        "taxExempt": False,
        "taxExemptions": [],
        "verifiedEmail": verified,
        "dataSaleOptOut": False,
        "multipassIdentifier": None,
    }
