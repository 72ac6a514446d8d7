"""`customers/*` and `customer.*` bodies; the worker reads the customer's state itself."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Id, Time, plain_id


class Consent(Struct, frozen=True):
    """Whether a person may be written to, and since when; nulls where never asked."""

    state: str | None = None
    consent_updated_at: Time = None


class Customer(Struct, frozen=True):
    """A customer; of one that was deleted, only the id."""

    id: Id
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    created_at: Time = None
    email_marketing_consent: Consent | None = None
    """Both consents are here up to 2024-10; later they have topics of their own."""
    sms_marketing_consent: Consent | None = None

    @property
    def resource(self) -> str:
        """`customer#7001`."""
        return f"customer#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """Empty: a customer's name is personal data."""
        return ""


class CustomerFact(Struct, frozen=True, rename="camel"):
    """A body in GraphQL's spelling: tags added or removed, purchases summed up."""

    customer_id: Id

    @property
    def resource(self) -> str:
        """`customer#7001`."""
        return f"customer#{plain_id(self.customer_id)}"

    @property
    def title(self) -> str:
        """Empty: a customer's name is personal data."""
        return ""
