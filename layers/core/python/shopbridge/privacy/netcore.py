"""What Netcore holds of a person, as its API tells it; or why it could not be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shopbridge.commands import Identity
from shopbridge.errors import NetcoreKeyRefused, NetcoreRejected
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.identity import key_of
from shopbridge.netcore.paced import Paced
from shopbridge.stores.store import Store

SINCE: Final = date(2010, 1, 1)
"""Before anything that Netcore could hold; its page names no longest span."""

NOT_INSTALLED = "The app is not installed in this store; its key of Netcore is deleted."
NO_KEY = "No API key of Netcore is saved for this store."
KEY_REFUSED = "Netcore does not accept the store's API key."


@dataclass(frozen=True, slots=True)
class Access:
    """How one store's Netcore is asked."""

    client: Callable[[Store], NetcoreClient]
    paced: Callable[[Store], Paced]


def told(store: Store, person: Identity, access: Access, today: date) -> dict[str, Any]:
    """
    Ask Netcore for its summary of the contact, and say what it answers.

    Raises:
        NetcoreUnavailable: it does not answer now.
    """
    if store.status == "uninstalled":
        return _not_asked(NOT_INSTALLED)
    name = store.settings.primary_key
    if store.sealed_netcore_key is None:
        return _not_asked(NO_KEY)
    key = key_of(person, store)
    if key is None:
        return _not_asked(f"Contacts are known by {name}, which the request does not name.")
    asked = {"asked": True, "primary_key": {name: key}}
    try:
        client, paced = access.client(store), access.paced(store)
        held = paced.call("form", lambda: client.user_summary(key, SINCE, today))
    except NetcoreKeyRefused:
        return _not_asked(KEY_REFUSED)
    except NetcoreRejected as exc:
        return {**asked, "answer": f"{exc}. It may not know this contact."}
    return {**asked, "user_data": held}


def _not_asked(because: str) -> dict[str, Any]:
    return {"asked": False, "because": f"{because} Ask in Netcore's panel."}
