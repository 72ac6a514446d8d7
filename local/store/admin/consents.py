"""Mutations that write what customers say about marketing."""

from local.store.admin.answers import Json, user_error
from local.store.admin.call import Args, Call
from local.store.life.consents import email_consent, sms_consent
from local.store.life.customers import updated
from local.store.resources import Resource

_ACCEPTED = ("SUBSCRIBED", "UNSUBSCRIBED", "PENDING")
"""Of the input enum's states, the ones that Shopify really takes."""


def update_email_consent(call: Call, args: Args) -> Json:
    """Resolve `customerEmailMarketingConsentUpdate`."""
    given = args["input"]
    consent = given["emailMarketingConsent"]
    customer = call.world.resources.get(given["customerId"])
    problem = _problem(customer, consent, "emailMarketingConsent", "defaultEmailAddress")
    if customer is None or problem:
        return {"customer": None, "userErrors": [problem]}
    at = consent.get("consentUpdatedAt")
    call.changes.append(email_consent(call.world, customer, consent["marketingState"], at))
    call.changes.append(updated(call.world, customer))
    level = consent.get("marketingOptInLevel")
    if level:
        email = {**customer["defaultEmailAddress"], "marketingOptInLevel": level}
        call.world.change(customer, defaultEmailAddress=email)
    return {"customer": customer, "userErrors": []}


def update_sms_consent(call: Call, args: Args) -> Json:
    """Resolve `customerSmsMarketingConsentUpdate`."""
    given = args["input"]
    consent = given["smsMarketingConsent"]
    customer = call.world.resources.get(given["customerId"])
    problem = _problem(customer, consent, "smsMarketingConsent", "defaultPhoneNumber")
    if customer is None or problem:
        return {"customer": None, "userErrors": [problem]}
    at = consent.get("consentUpdatedAt")
    call.changes.append(sms_consent(call.world, customer, consent["marketingState"], at))
    call.changes.append(updated(call.world, customer))
    return {"customer": customer, "userErrors": []}


def _problem(customer: Resource | None, consent: Json, name: str, channel: str) -> Json | None:
    if customer is None:
        return user_error("Customer not found", "input", "customerId", code="INVALID")
    if consent["marketingState"] not in _ACCEPTED:
        message = "Marketing state cannot be set to this value"
        return user_error(message, "input", name, "marketingState", code="INVALID")
    if not customer[channel]:
        message = "The customer has no address for this channel"
        return user_error(message, "input", name, code="INVALID")
    return None
