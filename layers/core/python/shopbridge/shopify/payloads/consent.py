"""Bodies of the two consent topics, which name the same things differently."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Id, plain_id
from shopbridge.shopify.payloads.customer import Consent


class EmailConsent(Struct, frozen=True):
    """`customers_email_marketing_consent/update`."""

    customer_id: Id
    email_marketing_consent: Consent
    email_address: str | None = None

    @property
    def resource(self) -> str:
        """`customer#7001`."""
        return f"customer#{plain_id(self.customer_id)}"

    @property
    def title(self) -> str:
        """Empty: an address is personal data."""
        return ""


class SmsConsent(Struct, frozen=True):
    """`customers_marketing_consent/update`; `id` is the customer's."""

    id: Id
    sms_marketing_consent: Consent
    phone: str | None = None

    @property
    def resource(self) -> str:
        """`customer#7001`."""
        return f"customer#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """Empty: a number is personal data."""
        return ""
