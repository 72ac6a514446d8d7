"""What attributes are called: the panel's primary key, and the store's own `SH_…`."""

import hashlib

from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store

LONGEST = 64
"""Characters of a name; Netcore does not document its limit, this one is safe."""


def primary_key(settings: Settings) -> str:
    """Name the attribute that is the panel's primary key, as this panel spells it."""
    return settings.netcore.spellings.attributes.get(settings.primary_key, settings.primary_key)


def name(label: str, store: Store) -> str:
    """
    Name a store's own attribute: `SH_TAGS_VAPID_STORE`.

    A name beyond 64 characters keeps a part of the store's and a hash of the whole.
    """
    handle = store.profile.handle
    full = f"SH_{label}_{_plain(handle)}"
    if len(full) <= LONGEST:
        return full
    mark = hashlib.sha256(handle.encode()).hexdigest()[:6].upper()
    return f"{full[: LONGEST - len(mark) - 1]}_{mark}"


def _plain(handle: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in handle).upper()
