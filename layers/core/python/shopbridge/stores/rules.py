"""Which settings may follow which: what no single field can say about itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shopbridge.shopify import scopes
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store

Code = Literal["needs_contacts", "needs_scope", "cannot_be_undone", "not_ready"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, the field it is shown at, and what to do."""

    field: str
    message: str
    code: Code


def broken(store: Store, wanted: Settings) -> Iterator[Broken]:
    """Say which rules saving `wanted` over the settings of `store` would break."""
    yield from _undone(store.settings, wanted)
    if wanted.historic_sync.orders and not wanted.historic_sync.contacts:
        yield Broken(
            "historic_sync.orders", "Orders need All contacts: choose both.", "needs_contacts"
        )
    if wanted.product_catalogue and not store.settings.product_catalogue:
        lacking = scopes.missing([scopes.CATALOGUE], store.scopes or frozenset())
        if lacking:
            yield Broken(
                "product_catalogue",
                f"The catalogue needs {scopes.CATALOGUE}: authorise the app again and grant it.",
                "needs_scope",
            )


def unready(store: Store) -> Iterator[Broken]:
    """Say what is missing before `store` can be enabled."""
    netcore = store.settings.netcore
    needed = {
        "api_key": ("its API key", store.sealed_netcore_key),
        "website_id": ("the website id", netcore.website_id),
        "list_id": ("the contact list's id", netcore.list_id),
        "notify_email": ("the notify e-mail", netcore.notify_email),
    }
    for name, (what, value) in needed.items():
        if not value:
            message = f"Connect Netcore first: {what} is missing."
            yield Broken(f"netcore.{name}", message, "not_ready")


def _undone(before: Settings, wanted: Settings) -> Iterator[Broken]:
    switches = {
        "historic_sync.contacts": (before.historic_sync.contacts, wanted.historic_sync.contacts),
        "historic_sync.orders": (before.historic_sync.orders, wanted.historic_sync.orders),
        "product_catalogue": (before.product_catalogue, wanted.product_catalogue),
    }
    for name, (was, would_be) in switches.items():
        if was and not would_be:
            yield Broken(
                name, "Historic sync cannot be switched off again; pause it.", "cannot_be_undone"
            )
