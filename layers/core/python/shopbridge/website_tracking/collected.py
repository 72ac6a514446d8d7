"""
One event as `POST /collect` takes it, and the parameters that each name may carry.

Strict: whoever sends it is a program that we wrote or documented, or somebody who probes.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from shopbridge.errors import InvalidPayload

LARGEST: Final = 32 * 1024
"""Bytes of a body; a checkout of 40 lines has about half of that."""

DEAREST: Final = Decimal(10**12)
"""Of any price, in any currency."""

MOST_ITEMS: Final = 40
MOST_OWN: Final = 20
"""Parameters of a merchant's own event."""

Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\A\S(.*\S)?\Z")]
Text = Annotated[str, Meta(max_length=255)]
Address = Annotated[str, Meta(max_length=2048)]
List = Annotated[str, Meta(max_length=1000)]
Key = Annotated[str, Meta(pattern=r"\A[A-Za-z][A-Za-z0-9_]{0,63}\Z")]
Opaque = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{8,64}\Z")]
"""An id that says nothing: of an event, or of an anonymous visitor."""
Token = Annotated[str, Meta(pattern=r"\A[!-~]{8,255}\Z")]
"""Shopify's name of a checkout or cart: nobody guesses one."""
ProductId = (
    Annotated[int, Meta(ge=1, le=2**63 - 1)] | Annotated[str, Meta(pattern=r"\A[0-9]{1,19}\Z")]
)
Pieces = Annotated[int, Meta(ge=1, le=10**6)]
Number = Annotated[int, Meta(ge=-(2**53), le=2**53)]


class Strict(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Refuses what it does not name, and leaves out what was not said."""


class Consent(Strict, frozen=True):
    """What the visitor allows; both, or nothing is taken."""

    analytics: bool
    marketing: bool


class Collected(Strict, frozen=True):
    """What every event says."""

    store: Annotated[str, Meta(max_length=255)]
    name: Name
    id: Opaque
    at: Annotated[datetime, Meta(tz=True)]
    visitor: Opaque
    consent: Consent
    params: dict[str, Any]
    key: Annotated[str, Meta(max_length=64)] = ""
    """The pixel's; see `stores.profile`."""
    checkout_token: Token | None = None
    cart_token: Token | None = None

    @property
    def resource(self) -> str:
        """One checkout is begun once; everything else is an event of its own."""
        if self.name == "Checkout" and self.checkout_token:
            return f"checkout#{self.checkout_token}"
        return f"event#{self.id}"


class PageBrowse(Strict, frozen=True):
    """Any page was opened."""

    pageurl: Address
    pagetitle: Text = ""


class Searched(Strict, frozen=True):
    """Products were searched for."""

    keyword: Text
    items: Annotated[list[ProductId], Meta(max_length=250)] = []


class Product(Strict, frozen=True):
    """What all events of a product say of it."""

    prid: ProductId
    price: Decimal | None = None
    name: Text = ""
    image: Address = ""
    produrl: Address = ""
    currency: Text = ""
    brand: Text = ""

    def __post_init__(self) -> None:
        """Refuse a price that is none."""
        _possible(self.price)


class ProductView(Product, frozen=True):
    """A product was looked at."""

    type: Text = ""
    compare_at_price: Decimal | None = None
    collections: List = ""
    tags: List = ""

    def __post_init__(self) -> None:
        """Refuse prices that are none."""
        _possible(self.price)
        _possible(self.compare_at_price)


class Item(Product, frozen=True):
    """A product with how many of it."""

    type: Text = ""
    variant: Text = ""
    prqt: Pieces | None = None


class Removed(Product, frozen=True):
    """As `Item`; here Netcore spells the type differently."""

    producttype: Text = ""
    variant: Text = ""
    prqt: Pieces | None = None


class Checkout(Strict, frozen=True):
    """A checkout was begun."""

    itemcount: Pieces
    total_price: Decimal | None = None
    currency: Text = ""
    items: Annotated[list[Item], Meta(max_length=MOST_ITEMS)] = []

    def __post_init__(self) -> None:
        """Refuse a total that is none."""
        _possible(self.total_price)


def _possible(price: Decimal | None) -> None:
    """Refuse what is no price; msgspec bounds no `Decimal` by itself."""
    if price is not None and not 0 <= price <= DEAREST:
        raise ValueError("an impossible price")


PARAMS: Final[Mapping[str, Any]] = {
    "Page Browse": PageBrowse,
    "Product Search": Searched,
    "Page View": ProductView,
    "Add to Cart": Item,
    "Remove from Cart": Removed,
    "Checkout": Checkout,
}
"""Parameters by the settings page's names of events."""

OWN_PARAMS: Final = Annotated[
    dict[Key, Text | Number | float | bool | None], Meta(max_length=MOST_OWN)
]
"""Those of a merchant's own event: flat."""


Params = dict[str, Any]


def params_of(event: Collected) -> Params:
    """
    Return the event's parameters as they travel: money as text, nothing that is empty.

    Raises:
        InvalidPayload: not those of its name; says where, never what.
    """
    try:
        typed = msgspec.convert(event.params, type=PARAMS.get(event.name, OWN_PARAMS))
    except msgspec.ValidationError as exc:
        where = str(exc).partition(" - at ")[2] or "`params`"
        raise InvalidPayload(f"parameters of another shape at {where}") from exc
    written = msgspec.to_builtins(typed)
    return {key: value for key, value in written.items() if value not in ("", None, [])}
