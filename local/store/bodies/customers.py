"""Bodies of `customers/*`, `customer.tags_*` and the two consent topics."""

from local.store.bodies.scalars import Body, amount, local, number, precise
from local.store.resources import Resource
from local.store.world import World

_SMS_STATES = {"NEVER_SUBSCRIBED": "not_subscribed"}
"""Where the webhook's word differs from GraphQL's."""


def customer(world: World, resource: Resource) -> Body:
    """Body of `customers/create` and `customers/update`: no tags, totals or consent since 2025."""
    addresses = [_own_address(resource, each, True) for each in resource["addressesV2"]]
    return {**embedded(world, resource), "addresses": addresses}


def embedded(world: World, resource: Resource) -> Body:
    """The `customer` object inside an order or a checkout."""
    address = resource["defaultAddress"]
    return {
        "id": number(resource["id"]),
        "created_at": local(world, resource["createdAt"]),
        "updated_at": local(world, resource["updatedAt"]),
        "first_name": resource["firstName"],
        "last_name": resource["lastName"],
        "state": resource["state"].lower(),
        "note": resource["note"],
        "verified_email": resource["verifiedEmail"],
        "multipass_identifier": None,
        "tax_exempt": resource["taxExempt"],
        "email": email_of(resource),
        "phone": phone_of(resource),
        "currency": world.currency,
        "tax_exemptions": [],
        "admin_graphql_api_id": resource["id"],
        "default_address": _own_address(resource, address, True) if address else None,
    }


def deleted(resource: Resource) -> Body:
    """Body of `customers/delete`."""
    return {
        "id": number(resource["id"]),
        "tax_exemptions": [],
        "admin_graphql_api_id": resource["id"],
    }


def purchasing_summary(resource: Resource, at: str) -> Body:
    """Body of `customers/purchasing_summary`, one of the GraphQL-shaped topics."""
    spent = resource["amountSpent"]
    return {
        "customerId": resource["id"],
        "numberOfOrders": int(resource["numberOfOrders"]),
        "amountSpent": {"amount": amount(spent), "currencyCode": spent["currencyCode"]},
        "lastOrderId": resource["lastOrder"] and str(resource["lastOrder"]),
        "occurredAt": precise(at),
    }


def tags(resource: Resource, changed: list[str], at: str) -> Body:
    """Body of `customer.tags_added` and `customer.tags_removed`: only the changed tags."""
    return {"customerId": resource["id"], "tags": changed, "occurredAt": precise(at)}


def email_consent(world: World, resource: Resource) -> Body:
    """Body of `customers_email_marketing_consent/update`."""
    email = resource["defaultEmailAddress"]
    level = email["marketingOptInLevel"]
    return {
        "customer_id": number(resource["id"]),
        "email_address": email["emailAddress"],
        "email_marketing_consent": {
            "state": email["marketingState"].lower(),
            "opt_in_level": level and level.lower(),
            "consent_updated_at": local(world, email["marketingUpdatedAt"]),
        },
    }


def sms_consent(world: World, resource: Resource) -> Body:
    """Body of `customers_marketing_consent/update`."""
    phone = resource["defaultPhoneNumber"]
    consent = phone["smsMarketingConsent"]
    level = consent["optInLevel"]
    return {
        "id": number(resource["id"]),
        "phone": phone["phoneNumber"],
        "sms_marketing_consent": {
            "state": _SMS_STATES.get(consent["state"], consent["state"].lower()),
            "opt_in_level": level and level.lower(),
            "consent_updated_at": local(world, consent["updatedAt"]),
            "consent_collected_from": (consent["collectedFrom"] or "OTHER").lower(),
        },
    }


def email_of(resource: Resource) -> str | None:
    """A customer's e-mail address, if any."""
    email = resource["defaultEmailAddress"]
    return str(email["emailAddress"]) if email else None


def phone_of(resource: Resource) -> str | None:
    """A customer's phone number, if any."""
    phone = resource["defaultPhoneNumber"]
    return str(phone["phoneNumber"]) if phone else None


def address(each: Resource) -> Body:
    """A `billing_address` or `shipping_address`."""
    return {
        "first_name": each["firstName"],
        "address1": each["address1"],
        "phone": each["phone"],
        "city": each["city"],
        "zip": each["zip"],
        "province": each["province"],
        "country": each["country"],
        "last_name": each["lastName"],
        "address2": None,
        "company": None,
        "latitude": None,
        "longitude": None,
        "name": each["name"],
        "country_code": each["countryCodeV2"],
        "province_code": each["provinceCode"],
    }


def _own_address(resource: Resource, each: Resource, default: bool) -> Body:
    body = address(each)
    del body["latitude"], body["longitude"]
    return {
        "id": number(each["id"]),
        "customer_id": number(resource["id"]),
        **body,
        "country_name": each["country"],
        "default": default,
    }
