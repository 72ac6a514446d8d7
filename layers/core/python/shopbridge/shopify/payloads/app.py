"""`app/*` bodies: that the merchant removed the app, or what they grant it now."""

from typing import Annotated

from msgspec import Meta, Struct

from shopbridge.shopify.payloads.base import Id, Time

Scope = Annotated[str, Meta(pattern=r"\A[a-z_]{1,64}\Z")]


class Leaving(Struct, frozen=True):
    """The store that the app was removed from: a whole shop, of which its name counts."""

    id: Id
    myshopify_domain: str | None = None

    @property
    def resource(self) -> str:
        """`app`: a store has it once."""
        return "app"

    @property
    def title(self) -> str:
        """Nothing that people would look for."""
        return ""


class ScopesChange(Struct, frozen=True):
    """The app's access scopes before and after."""

    current: Annotated[tuple[Scope, ...], Meta(max_length=200)]
    updated_at: Time = None

    @property
    def resource(self) -> str:
        """`app`: a store has it once."""
        return "app"

    @property
    def title(self) -> str:
        """Nothing that people would look for."""
        return ""
