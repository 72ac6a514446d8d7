"""What a merchant chooses for a store; unknown fields are refused."""

from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from shopbridge.stores.profile import PrimaryKey

EventName = Literal[
    "Customer Registration",
    "Checkout Started",
    "Product Purchase",
    "Fulfillment Update",
    "Order Fulfilled",
    "Order Updates",
    "Order Cancelled",
    "Order Refunded",
    "Cart Abandonment",
]
ContactAttribute = Literal[
    "EMAIL", "MOBILE", "CUSTID", "FIRSTNAME", "LASTNAME", "TOTALSPENT", "TOTALORDERS", "TAGS"
]
StoreAttribute = Literal[
    "TOTALSPENT", "TOTALORDERS", "TAGS", "LASTORDERID", "LASTORDERNAME", "EMAIL_SUBSCRIPTION"
]
StorefrontEvent = Literal[
    "Page Browse", "Product Search", "Page View", "Add to Cart", "Remove from Cart", "Checkout"
]
"""Events of the website, sent by the storefront itself."""

Step = Literal["primary_key", "data", "historic_sync", "website_tracking"]
"""A step of the set-up guide that a merchant settles; the first, Netcore, shows by itself."""

CustomerField = Literal[
    "locale",
    "state",
    "created_at",
    "last_order_at",
    "city",
    "province",
    "country",
    "zip",
    "sms_subscription",
    "verified_email",
    "unsubscribe_url",
]
"""Customer fields that a merchant may add as attributes of their own."""

OFF_AT_FIRST: frozenset[str] = frozenset({"Order Refunded"})
"""Events that Netcore's own plugin does not have."""

MOST_LISTS = 10**12
"""Largest number of a Netcore list that we take for one."""

MOST_OWN = 6
"""Netcore takes 20 attributes per contact; 8 and 6 are spoken for."""

MOST_LOCATIONS = 1000
"""A store has 200 locations, one on Plus 1,000."""

CHECKOUT: StorefrontEvent = "Checkout"
"""The one that the web pixel sends; the app embed sees the others."""

MOST_ORIGINS = 10

WEBSITE = r"^https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}/?$"
"""A domain over https, without port or path."""

ORIGIN = r"^https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(:[0-9]{2,5})?$"
"""As browsers write it, over https: no path, no slash at the end."""

BULK_UPLOAD = (
    "Send large loads of a historic sync by Netcore's bulk file upload instead of by calls. "
    "Its format is documented in part only. Unverified, and to be shown by a real account alone: "
    "whether it fetches signed URLs, what the header row must be, how large a file may be, "
    "whether an empty cell leaves what the panel has, and what its callback says (none is asked "
    "for)."
)
"""What the settings say about `netcore.bulk_upload`."""

E_MAIL = r"^[!-?A-~]+@[!-?A-~]+$"
"""Printable ASCII with one @: what counts as a space differs between readers of patterns."""


def whole(number: object) -> object:
    """JSON knows one kind of number: 7.0 is 7."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _without_slash(url: str) -> str:
    return url.rstrip("/")


LocationId = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]
AttributeName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]
Origin = Annotated[str, Field(pattern=ORIGIN, max_length=255)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]


class Model(BaseModel):
    """Frozen, strict about fields and types, and silent about values in its errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Spellings(Model):
    """Names that Netcore's sources disagree on; each overrides the documented default."""

    events: dict[Literal[EventName, StorefrontEvent], Text] = {}
    keys: Annotated[dict[Text, Text], Field(max_length=100)] = {}
    attributes: dict[ContactAttribute, AttributeName] = {}
    anonymous_id: Literal["anonid", "annonid"] = "anonid"
    ids_as_text: bool = False
    activity_date_in_milliseconds: bool = False


class Netcore(Model):
    """The panel and website asset that this store feeds; the API key is kept apart."""

    region: Literal["us", "in", "eu"] = "us"
    website_id: Text = ""
    """Asset id of the website in the panel; activities need it."""
    website_url: (
        Annotated[str, Field(pattern=WEBSITE, max_length=255), AfterValidator(_without_slash)]
        | Literal[""]
    ) = ""
    list_id: Annotated[int, Field(ge=1, le=MOST_LISTS), BeforeValidator(whole)] | None = None
    notify_email: Annotated[str, Field(pattern=E_MAIL, max_length=254)] | None = None
    """Where Netcore reports on batches of contacts; it insists on one."""
    auth_mode: Literal["bearer", "api-key", "both"] = "bearer"
    guests_by_address: bool = False
    """Send guests by e-mail or mobile; the panel needs Netcore's Addressable Anonymous."""
    bulk_upload: Annotated[bool, Field(description=BULK_UPLOAD)] = False
    spellings: Spellings = Spellings()


class OwnAttribute(Model):
    """A customer field under a name of the merchant's: `SH_<label>_<STORENAME>`."""

    label: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,30}$")]
    field: CustomerField


class Attributes(Model):
    """Which attributes a contact carries; all at first."""

    contact: dict[ContactAttribute, bool] = {}
    store: dict[StoreAttribute, bool] = {}
    own: Annotated[tuple[OwnAttribute, ...], Field(max_length=MOST_OWN, strict=False)] = ()


class Subscriptions(Model):
    """Which channels' consent is carried over."""

    email: bool = True
    sms: bool = True


class HistoricSync(Model):
    """What of the past is carried over; what was once switched on stays on."""

    contacts: bool = False
    """All contacts; orders need them."""
    orders: bool = False


class Catalogue(Model):
    """What the product feed says."""

    locations: Annotated[
        dict[LocationId, bool],
        # Pydantic describes keys by a pattern and leaves out that there are no others.
        Field(max_length=MOST_LOCATIONS, json_schema_extra={"additionalProperties": False}),
    ] = {}
    """By id, whether a location's stock counts; all at first."""
    currency_in_prices: bool = True
    """`10.00 EUR`, as Google wants it; Netcore's own example has `10.00`."""


class Abandonment(Model):
    """When a checkout that nobody completes counts as abandoned."""

    delay_minutes: Annotated[int, Field(ge=15, le=3 * 24 * 60), BeforeValidator(whole)] = 60
    """Minutes after its last change."""


class ToShopify(Model):
    """What Netcore may change in the store."""

    unsubscribes: bool = True
    profiles: bool = False
    """Profiles of web messages fill the store's customers."""
    conflicts: Literal["shopify", "newest"] = "shopify"
    """Whose name stands where both sides have one: Shopify's, or the one that was said last."""


class WebsiteTracking(Model):
    """Which events of the website are collected; all at first, once the app embed is on."""

    events: dict[StorefrontEvent, bool] = {}
    origins: Annotated[tuple[Origin, ...], Field(max_length=MOST_ORIGINS, strict=False)] = ()
    """Where a headless storefront is; only it needs any."""

    def collects(self, event: StorefrontEvent) -> bool:
        """Whether `event` is switched on now."""
        return self.events.get(event, True)

    @property
    def waits_for_visitors(self) -> bool:
        """Whether anything can come from where nobody is identified: pixel or headless."""
        return self.collects(CHECKOUT) or bool(self.origins)


class Guide(Model):
    """How far the merchant came in the set-up guide."""

    done: Annotated[tuple[Step, ...], Field(max_length=len(get_args(Step)), strict=False)] = ()


class Settings(Model):
    """Everything a merchant can switch; a missing entry has its default."""

    netcore: Netcore = Netcore()
    primary_key: PrimaryKey = "CUSTID"
    events: dict[EventName, bool] = {}
    attributes: Attributes = Attributes()
    subscriptions: Subscriptions = Subscriptions()
    historic_sync: HistoricSync = HistoricSync()
    product_catalogue: bool = False
    """Its past and present; needs the scope `read_locations`, and stays on as history does."""
    catalogue: Catalogue = Catalogue()
    presentment_money: bool = False
    """Report what the buyer saw instead of what the store books."""
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    """Country of phone numbers that are written without their prefix."""
    abandonment: Abandonment = Abandonment()
    to_shopify: ToShopify = ToShopify()
    website_tracking: WebsiteTracking = WebsiteTracking()
    guide: Guide = Guide()

    def sends(self, event: str) -> bool:
        """Whether `event` is switched on now."""
        return self.events.get(event, event not in OFF_AT_FIRST)  # type: ignore[call-overload, no-any-return]  # any name may be asked for
