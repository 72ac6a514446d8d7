"""Customers and buyers as the Admin API answers; only the fields that mappings use."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned


def _plain_id(given: Any) -> Any:
    return plain_id(given) if isinstance(given, str) else given


Text = Annotated[str, BeforeValidator(cleaned)]
"""Without the characters that AWS and Netcore refuse."""
PlainId = Annotated[str, BeforeValidator(_plain_id)]
"""`7001` for `gid://shopify/Customer/7001`."""


class Model(BaseModel):
    """Ignores what Shopify adds, refuses what it changes, keeps values out of errors."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, alias_generator=to_camel
    )


class Money(Model):
    """An amount in units of its currency."""

    amount: Annotated[Decimal, Field(max_digits=24)]
    currency_code: str


class LastOrder(Model):
    """The newest order of a customer."""

    id: PlainId
    name: Text
    processed_at: AwareDatetime | None = None


class EmailAddress(Model):
    """An e-mail address and what its owner said about marketing to it."""

    email_address: Text
    marketing_state: str = "NOT_SUBSCRIBED"
    marketing_updated_at: AwareDatetime | None = None


class SmsConsent(Model):
    """What the owner of a phone said about marketing by text message."""

    state: str
    updated_at: AwareDatetime | None = None


class PhoneNumber(Model):
    """A phone number with its consent."""

    phone_number: Text
    sms_marketing_consent: SmsConsent | None = None


class Address(Model):
    """The part of a postal address that merchants segment by."""

    city: Text | None = None
    province: Text | None = None
    country: Text | None = None
    zip: Text | None = None


class Reachable(Model):
    """Somebody with addresses."""

    default_email_address: EmailAddress | None = None
    default_phone_number: PhoneNumber | None = None

    @property
    def email(self) -> str | None:
        """The e-mail address that Shopify writes to."""
        return self.default_email_address.email_address if self.default_email_address else None

    @property
    def phone(self) -> str | None:
        """The phone number that Shopify writes to, as Shopify keeps it."""
        return self.default_phone_number.phone_number if self.default_phone_number else None


class Customer(Reachable):
    """One customer as it is now."""

    id: PlainId
    created_at: AwareDatetime
    updated_at: AwareDatetime
    number_of_orders: int
    amount_spent: Money
    tags: tuple[Text, ...] = ()
    first_name: Text | None = None
    last_name: Text | None = None
    locale: Text | None = None
    state: str | None = None
    verified_email: bool | None = None
    last_order: LastOrder | None = None
    default_address: Address | None = None


class Buyer(Reachable):
    """The customer of an order."""

    id: PlainId


class BoughtOrder(Model):
    """Whose an order is; a guest's has no customer."""

    email: Text | None = None
    phone: Text | None = None
    customer: Buyer | None = None
