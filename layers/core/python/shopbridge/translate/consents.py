"""
Who said yes or no to which channel, and when.

Webhooks spell the states in lower case, the Admin API in upper case; both come
through here, so that live, history and reconciliation mean the same.
"""

from collections.abc import Iterator
from datetime import datetime

from shopbridge.commands import ChangeConsent, Channel, ConsentState
from shopbridge.shopify.payloads.base import Id, plain_id
from shopbridge.shopify.payloads.customer import Customer

_STATES: dict[str, ConsentState] = {"subscribed": "subscribed", "unsubscribed": "unsubscribed"}
"""Only a clear yes or no counts; pending, invalid, redacted or new words do not."""


def email(
    customer_id: Id,
    state: str | None,
    at: datetime | None,
    address: str | None,
    *,
    source: str = "webhook",
) -> ChangeConsent:
    """
    Consent to e-mail.

    From the Admin API: `marketingState` and `marketingUpdatedAt` of the customer's
    `defaultEmailAddress`, and its `emailAddress`.
    """
    return _consent("email", customer_id, state, at, address, source)


def sms(
    customer_id: Id,
    state: str | None,
    at: datetime | None,
    number: str | None,
    *,
    source: str = "webhook",
) -> ChangeConsent:
    """
    Consent to text messages.

    From the Admin API: `state` and `updatedAt` of `smsMarketingConsent` of the
    customer's `defaultPhoneNumber`, and its `phoneNumber`.
    """
    return _consent("sms", customer_id, state, at, number, source)


def of_customer(customer: Customer) -> Iterator[ChangeConsent]:
    """Both consents of a customer's body; it has them in API versions up to 2024-10 only."""
    if said := customer.email_marketing_consent:
        yield email(customer.id, said.state, said.consent_updated_at, customer.email)
    if said := customer.sms_marketing_consent:
        yield sms(customer.id, said.state, said.consent_updated_at, customer.phone)


def state_of(written: str | None) -> ConsentState:
    """Read a state in either spelling; everything but a yes or no is "never asked"."""
    return _STATES.get((written or "").lower(), "not_subscribed")


def _consent(  # noqa: PLR0913, PLR0917  # one per field; both callers name what they mean
    channel: Channel,
    customer_id: Id,
    state: str | None,
    at: datetime | None,
    address: str | None,
    source: str,
) -> ChangeConsent:
    return ChangeConsent(
        customer_id=plain_id(customer_id),
        channel=channel,
        state=state_of(state),
        at=at,
        address=address or None,
        source=source,
    )
