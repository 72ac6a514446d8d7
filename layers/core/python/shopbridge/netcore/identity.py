"""Under which identifier Netcore files what belongs to somebody."""

from shopbridge.commands import Identity
from shopbridge.phone import digits
from shopbridge.stores.store import Store


def key_of(identity: Identity, store: Store) -> str | None:
    """Return the value of the store's primary key, None where the body did not say it."""
    match store.settings.primary_key:
        case "CUSTID":
            return identity.customer_id
        case "EMAIL":
            return identity.email
        case "MOBILE":
            return digits(identity.phone, store.settings.country)


def on_the_wire(identity: Identity, store: Store) -> dict[str, str] | None:
    """
    Return the fields that attach an activity to its contact.

    A guest has no primary key; where the panel takes addresses instead (Addressable
    Anonymous) they are given, else there is nobody: None.
    """
    key = key_of(identity, store)
    if key:
        return {"identity": key}
    if not store.settings.netcore.guests_by_address:
        return None
    mobile = digits(identity.phone, store.settings.country)
    fields = {"email": identity.email, "mobile": mobile}
    return {name: value for name, value in fields.items() if value} or None
