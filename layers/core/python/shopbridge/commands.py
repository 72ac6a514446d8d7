"""
What is to be done because of a delivery, a sync page or a reconciliation.

A command says what happened in Shopify's and Netcore's words; nothing in it
depends on when or how often it is carried out. Ids and money are text, times are
aware UTC.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import msgspec

Channel = Literal["email", "sms"]
ConsentState = Literal["subscribed", "unsubscribed", "not_subscribed"]
Params = dict[str, Any]


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who an activity belongs to: all that the body says, the store's key decides."""

    customer_id: str | None = None
    email: str | None = None
    phone: str | None = None
    order_id: str | None = None
    """Where the body names an order but no buyer: Shopify is asked whose it is."""

    def __bool__(self) -> bool:
        """Whether there is anything to attach an activity to."""
        return bool(self.customer_id or self.email or self.phone or self.order_id)


class RecordActivity(msgspec.Struct, frozen=True, tag="RecordActivity", omit_defaults=True):
    """Add one activity to a contact's time line at Netcore."""

    name: str
    """Netcore's name of the event, for example `Product Purchase`."""
    resource: str
    """What it is about, for example `order#1001`; part of the effect key."""
    identity: Identity
    params: Params
    """Netcore's keys; money as `Decimal` text, ids as text, converted when sent."""
    occurred_at: datetime | None = None
    """When it happened in the store; the trigger's time where the body has none."""
    version: str = ""
    """Empty for once-only events, else what tells two of them apart."""


class RefreshContact(msgspec.Struct, frozen=True, tag="RefreshContact", omit_defaults=True):
    """Bring one customer's attributes at Netcore up to Shopify's current state."""

    customer_id: str


class SendContact(msgspec.Struct, frozen=True, tag="SendContact", omit_defaults=True):
    """Bring one customer's attributes at Netcore up to what a historic sync has read."""

    customer_id: str
    data: msgspec.Raw
    """The customer's JSON as Shopify's GraphQL gave it."""
    read_at: datetime
    """When the reading began: the version of what is sent."""
    denied: tuple[str, ...] = ()
    """Fields that Shopify kept from us: they look empty, but nothing is known of them."""


class ChangeConsent(msgspec.Struct, frozen=True, tag="ChangeConsent", omit_defaults=True):
    """Somebody said yes or no to a channel at `at`."""

    customer_id: str
    channel: Channel
    state: ConsentState
    at: datetime | None = None
    """Shopify's `consent_updated_at`; None where nobody was ever asked."""
    address: str | None = None
    source: str = "webhook"


class RefreshProduct(msgspec.Struct, frozen=True, tag="RefreshProduct", omit_defaults=True):
    """Bring one product's rows of the catalogue up to Shopify's current state."""

    product_id: str | None = None
    inventory_item_id: str | None = None


class WatchCheckout(msgspec.Struct, frozen=True, tag="WatchCheckout", omit_defaults=True):
    """Record `activity` once the store's delay has passed, unless the buyer orders before."""

    token: str
    activity: RecordActivity
    """`Cart Abandonment`, not dated yet: it happens when the delay is over."""
    cart_token: str | None = None
    at: datetime | None = None
    """Shopify's `updated_at` of the checkout: from here the delay counts."""


class CloseCheckout(msgspec.Struct, frozen=True, tag="CloseCheckout", omit_defaults=True):
    """Somebody ordered: this checkout, this cart, and what this buyer left before `at` is over."""

    token: str | None = None
    cart_token: str | None = None
    buyer: Identity = Identity()
    at: datetime | None = None
    """When the order was placed; the trigger's time where the body has none."""


class TouchCart(msgspec.Struct, frozen=True, tag="TouchCart", omit_defaults=True):
    """Somebody changed this cart at `at`: whoever left its checkout is back."""

    cart_token: str
    at: datetime | None = None


class Unsubscribe(msgspec.Struct, frozen=True, tag="Unsubscribe", omit_defaults=True):
    """Somebody said no to a channel outside Shopify, at `at`: both sides shall know."""

    person: Identity
    channel: Channel
    at: datetime | None = None
    """The trigger's time where the body has none; whole seconds, as Shopify keeps it."""
    source: str = "netcore"
    """How it was said, for the consent history: `event`, `form`, `email_api`, `page`, …"""
    undated: bool = False
    """The body had no time: it may be Netcore's echo of our own blacklisting."""


class FillCustomer(msgspec.Struct, frozen=True, tag="FillCustomer", omit_defaults=True):
    """Complete a customer by what a web message of Netcore's told, or make one."""

    person: Identity
    first_name: str = ""
    last_name: str = ""
    tags: tuple[str, ...] = ()
    subscribes: tuple[Channel, ...] = ()
    """Channels that a field of its own says yes to; nothing else ever subscribes."""
    at: datetime | None = None
    source: str = "netcore"


class UpdateShop(msgspec.Struct, frozen=True, tag="UpdateShop", omit_defaults=True):
    """Take over what the merchant changed about the store itself."""

    name: str
    domain: str
    currency: str
    timezone: str
    updated_at: datetime | None = None


class Uninstall(msgspec.Struct, frozen=True, tag="Uninstall", omit_defaults=True):
    """The merchant removed the app: nothing of this install goes on."""


class NoteScopes(msgspec.Struct, frozen=True, tag="NoteScopes", omit_defaults=True):
    """Take over which access scopes the merchant grants."""

    scopes: str
    """With commas, as Shopify lists them."""
    at: datetime | None = None


class NoteBulkOperation(msgspec.Struct, frozen=True, tag="NoteBulkOperation", omit_defaults=True):
    """A bulk operation has ended at Shopify: a historic sync may be waiting for it."""

    id: str
    """Shopify's, for example `gid://shopify/BulkOperation/147595010`."""


class ErasePerson(msgspec.Struct, frozen=True, tag="ErasePerson", omit_defaults=True):
    """Delete what we and Netcore hold of one person, and let nothing bring them back."""

    person: Identity
    orders: tuple[str, ...] = ()
    """Ids of the orders that count as theirs."""


class EraseStore(msgspec.Struct, frozen=True, tag="EraseStore", omit_defaults=True):
    """Delete all that we hold of a store that the app was removed from."""


class ExportPerson(msgspec.Struct, frozen=True, tag="ExportPerson", omit_defaults=True):
    """Bundle what we and Netcore hold of one person, for the merchant to hand over."""

    request_id: str
    person: Identity
    orders: tuple[str, ...] = ()
    """Ids of the orders that the request names, the newest of them."""
    orders_left_out: int = 0
    """How many older ones it names beside."""


class HoldActivity(msgspec.Struct, frozen=True, tag="HoldActivity", omit_defaults=True):
    """Record `activity` once it is known who the visitor of the website is."""

    visitor: str
    """Anonymous: says which events belong together, not whose they are."""
    activity: RecordActivity
    """Without identity."""
    checkout_token: str | None = None
    cart_token: str | None = None


class KnowVisitor(msgspec.Struct, frozen=True, tag="KnowVisitor", omit_defaults=True):
    """Whoever holds this checkout or cart on the website is `buyer`."""

    buyer: Identity
    checkout_token: str | None = None
    cart_token: str | None = None


class ConfigureStorefront(
    msgspec.Struct, frozen=True, tag="ConfigureStorefront", omit_defaults=True
):
    """Let web pixel and app embed know what the merchant chose."""


Lifecycle = UpdateShop | Uninstall | NoteScopes | NoteBulkOperation
"""About the store itself: done whether or not it may send anything."""
LIFECYCLE = (UpdateShop, Uninstall, NoteScopes, NoteBulkOperation)

Timed = WatchCheckout | CloseCheckout | TouchCart
"""About our own timers: nothing leaves for Netcore with them."""
TIMED = (WatchCheckout, CloseCheckout, TouchCart)

ForShopify = Unsubscribe | FillCustomer
"""What Netcore, or a link in its mails, changes in the store."""
FOR_SHOPIFY = (Unsubscribe, FillCustomer)

BY_LINK = frozenset({"page", "one_click"})
"""Sources of an unsubscribe that no switch governs: the person said so to us."""

Privacy = ErasePerson | EraseStore | ExportPerson
"""About people's rights: done for every store, whatever became of it."""
PRIVACY = (ErasePerson, EraseStore, ExportPerson)

Tracking = HoldActivity | KnowVisitor | ConfigureStorefront
"""About the website: nothing leaves for Netcore with them."""
TRACKING = (HoldActivity, KnowVisitor, ConfigureStorefront)

Command = (
    RecordActivity
    | RefreshContact
    | SendContact
    | ChangeConsent
    | RefreshProduct
    | Timed
    | Lifecycle
    | ForShopify
    | Privacy
    | Tracking
)
Commands = Iterator[Command]


def kind(command: Command) -> str:
    """Name the command's kind: its queue's message attribute and its ledger word."""
    return type(command).__name__


def label(command: Command) -> str:
    """Say in a word what `command` is about, without personal data."""
    match command:
        case RecordActivity(name=name) | HoldActivity(activity=RecordActivity(name=name)):
            return name
        case RefreshContact() | SendContact():
            return command.customer_id
        case ChangeConsent() | Unsubscribe():
            state = command.state if isinstance(command, ChangeConsent) else "unsubscribed"
            return f"{command.channel} {state}"
        case RefreshProduct():
            return command.product_id or f"inventory item {command.inventory_item_id}"
        case ExportPerson():
            return f"request {command.request_id}"
        case _:
            return _ABOUT[type(command)]


_ABOUT: dict[type[Command], str] = {
    WatchCheckout: "checkout",
    CloseCheckout: "checkout",
    TouchCart: "cart",
    FillCustomer: "profile",
    UpdateShop: "shop",
    Uninstall: "app",
    NoteScopes: "app",
    NoteBulkOperation: "bulk operation",
    ErasePerson: "person",
    EraseStore: "store",
    KnowVisitor: "visitor",
    ConfigureStorefront: "storefront",
}
