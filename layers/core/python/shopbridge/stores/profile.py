"""What ingest needs of a store, compiled when its settings are saved and read in one piece."""

from datetime import datetime
from typing import Literal

import msgspec

PrimaryKey = Literal["CUSTID", "EMAIL", "MOBILE"]
Span = tuple[datetime, datetime | None]
"""From when until when (None: still) something was switched off."""

EMAIL_SUBSCRIPTION = "Email subscription"
SMS_SUBSCRIPTION = "SMS subscription"
CATALOGUE = "Product catalogue"
UNSUBSCRIBES = "Unsubscribes to Shopify"
PROFILES = "Profiles to Shopify"


class Profile(msgspec.Struct, frozen=True, omit_defaults=True):
    """Ready to decode, nothing to validate; see `stores.settings` for the meaning."""

    store: str
    epoch: int
    installed_at: datetime
    primary_key: PrimaryKey = "CUSTID"
    asset: str = ""
    presentment_money: bool = False
    country: str = ""
    """ISO code that phone numbers without prefix belong to."""
    off: dict[str, tuple[Span, ...]] = {}
    """Switch name to the spans in which it was off; absent means always on."""

    @property
    def handle(self) -> str:
        """`vapid-store` for `vapid-store.myshopify.com`."""
        return self.store.partition(".")[0]

    def is_on(self, switch: str, at: datetime) -> bool:
        """
        Whether `switch` was on when something happened.

        The answer never changes afterwards: what happened while it was off stays
        unsent for good.
        """
        spans = self.off.get(switch, ())
        return not any(since <= at and (until is None or at < until) for since, until in spans)


_decode = msgspec.json.Decoder(Profile).decode
_encode = msgspec.json.Encoder().encode


def load(written: str) -> Profile:
    """Read a compiled profile."""
    return _decode(written)


def dump(profile: Profile) -> str:
    """Write a compiled profile."""
    return _encode(profile).decode()
