"""What the page says of each thing that can be chosen, in the guide's words."""

from collections.abc import Mapping
from typing import Final

from shopbridge import reasons
from shopbridge.stores.profile import PrimaryKey
from shopbridge.stores.settings import (
    ContactAttribute,
    CustomerField,
    EventName,
    StoreAttribute,
    StorefrontEvent,
)

EVENTS: Final[Mapping[EventName, str]] = {
    "Customer Registration": "New customer registrations, including contact details.",
    "Checkout Started": "The initial cart and customer details when checkout begins.",
    "Product Purchase": "Completed purchases, including product and transaction info.",
    "Fulfillment Update": "Shipments with their status and tracking.",
    "Order Fulfilled": "An order has been fulfilled.",
    "Order Updates": "Modifications to existing orders.",
    "Order Cancelled": "Cancelled orders, including details of the items.",
    "Cart Abandonment": "A checkout that was begun and not completed; sent once, after a delay.",
    "Order Refunded": "Refunds with items and amount. Netcore's own plugin does not have it.",
}

STOREFRONT: Final[Mapping[StorefrontEvent, str]] = {
    "Page Browse": "A visitor opens any page of the website.",
    "Product Search": "A visitor searches for products.",
    "Page View": "A visitor looks at a product.",
    "Add to Cart": "A product is put into the cart.",
    "Remove from Cart": "A product is taken out of the cart.",
    "Checkout": "A visitor goes on to the checkout.",
}

CONTACT: Final[Mapping[ContactAttribute, str]] = {
    "EMAIL": "Customer e-mail addresses.",
    "MOBILE": "Customer mobile numbers.",
    "CUSTID": "Unique customer identifier.",
    "FIRSTNAME": "First names of customers.",
    "LASTNAME": "Last names of customers.",
    "TOTALSPENT": "Total amount spent by the customer.",
    "TOTALORDERS": "Total number of orders placed by the customer.",
    "TAGS": "Tags assigned to customers.",
}

STORE: Final[Mapping[StoreAttribute, str]] = {
    "TOTALSPENT": "What the customer spent in this store.",
    "TOTALORDERS": "How many orders the customer placed in this store.",
    "TAGS": "The customer's tags in this store.",
    "LASTORDERID": "Shopify's id of the last order.",
    "LASTORDERNAME": "Number of the last order, for example #1001.",
    "EMAIL_SUBSCRIPTION": "Subscribed, Not Subscribed or Unsubscribed, for segments.",
}

CUSTOMER_FIELDS: Final[Mapping[CustomerField, str]] = {
    "locale": "Language",
    "state": "Account state",
    "created_at": "Customer since",
    "last_order_at": "Last order on",
    "city": "City",
    "province": "Province",
    "country": "Country",
    "zip": "Postal code",
    "sms_subscription": "SMS subscription",
    "verified_email": "E-mail verified",
    "unsubscribe_url": "Link to unsubscribe",
}

PRIMARY_KEYS: Final[Mapping[PrimaryKey, tuple[str, str]]] = {
    "CUSTID": ("Customer ID (recommended)", "Every customer has one, and it never changes."),
    "EMAIL": ("E-mail", "A customer who changes it becomes a second contact."),
    "MOBILE": ("Mobile number", "Many customers have none."),
}

REGIONS: Final = {"us": "United States", "in": "India", "eu": "Europe"}

NUMBERS: Final = frozenset({"TOTALORDERS"})
"""Attributes that are integers at Netcore; all others are text."""

ADVICE: Final[Mapping[str, str]] = {
    reasons.NOT_ENABLED: "Enable the store on Home: it goes on by itself.",
    reasons.PAUSED: "Enable the store on Home: it goes on by itself.",
    reasons.NOT_CONFIGURED: "Complete the connection to Netcore on Home: it goes on by itself.",
    reasons.KEY_REFUSED: "Save a new API key on Home: it goes on by itself.",
    reasons.REAUTHORISE: "Authorise the app again on Home: it goes on by itself.",
    reasons.SCOPE_MISSING: "Grant read_locations under From Shopify: it goes on by itself.",
    reasons.STORE_UNKNOWN: "It came before the app was installed; it goes on by itself.",
    reasons.UNBLOCK_NEEDED: "Lift the blocking in Netcore (Audience, Blocklist contacts), "
    "then send it again.",
    reasons.GAVE_UP: "Something did not answer for days. Send it again.",
    reasons.FUNCTION_FAILED: "Something failed on our side. Send it again.",
    reasons.NOT_HANDED_OVER: "EventBridge could not hand it over. Send it again.",
    "": "It is kept in full. Whoever runs Shopbridge mends the cause; then send it again.",
}
"""What to do about a reason, for a merchant; the last one for every other reason."""
