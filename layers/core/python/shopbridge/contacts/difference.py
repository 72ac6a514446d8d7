"""Whether Netcore has what Shopify says about a customer: by its row, without sending. Pure."""

from datetime import datetime
from typing import Literal

from shopbridge.consents.carried import current, is_settled, shown
from shopbridge.contacts.row import Row, digest
from shopbridge.shopify.people import Customer
from shopbridge.stores.store import Store
from shopbridge.to_shopify.links import Makes
from shopbridge.translate.attribute_names import primary_key
from shopbridge.translate.contacts import Attributes, Consents, attributes, subscriptions

Difference = Literal["same", "missing", "stale", "consent", "unidentified"]


def difference(
    store: Store, row: Row, customer: Customer, read_at: datetime, links: Makes | None = None
) -> Difference:
    """
    Compare a contact's row with the customer as it was read at `read_at`.

    What was said while a channel was off is no difference, since it stays unsent. How old
    the digest is does not count: only that something changed.
    """
    said = row.merged(current(store, customer, read_at))
    states = shown(store, Row(row.customer, {**row.item, **said}))
    found = attributes(customer, store, states, link_of(store, row.customer, links))
    if not found.get(primary_key(store.settings)):
        return "unidentified"
    if not row.was_ever_sent:
        return "missing"
    if said or not is_settled(row, states):
        return "consent"
    return "same" if row.item.get("digest") == sent_digest(store, row, found, states) else "stale"


def sent_digest(store: Store, row: Row, found: Attributes, states: Consents) -> str:
    """
    Condense what is sent and where to: another panel or list knows nothing yet.

    What shows consent is left out, since `<channel>_sent` says what of it is known.
    """
    chosen = store.settings.netcore
    place = [chosen.region, chosen.list_id, store.settings.primary_key]
    rest = found | dict.fromkeys(subscriptions(store, states), "")
    return digest(store.name, row.customer, [rest, place])


def link_of(store: Store, customer_id: str, links: Makes | None) -> str | None:
    """Return a customer's link to unsubscribe, where the store sends it as an attribute."""
    is_sent = any(one.field == "unsubscribe_url" for one in store.settings.attributes.own)
    return links(store, customer_id) if links and is_sent else None
