"""Attributes as the page lists them: under the names that they have at Netcore."""

from collections.abc import Iterator
from dataclasses import dataclass

from shopbridge.page.words import CONTACT, NUMBERS, STORE
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import name


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute; `key` is its place in the settings."""

    key: str
    name: str
    on: bool
    details: str

    @property
    def kind(self) -> str:
        """Type to give it when it is created at Netcore."""
        return "integer" if self.key in NUMBERS else "text"


def of_contacts(store: Store) -> Iterator[Attribute]:
    """List the attributes that every contact of the panel has."""
    chosen, spelt = store.settings.attributes.contact, store.settings.netcore.spellings.attributes
    for key, details in CONTACT.items():
        yield Attribute(key, spelt.get(key, key), chosen.get(key, True), details)


def of_store(store: Store) -> Iterator[Attribute]:
    """List the attributes that are this store's own."""
    chosen = store.settings.attributes.store
    for key, details in STORE.items():
        yield Attribute(key, name(key, store), chosen.get(key, True), details)


def own(store: Store) -> Iterator[Attribute]:
    """List the attributes that the merchant added."""
    for one in store.settings.attributes.own:
        yield Attribute(one.field, name(one.label, store), True, "")
