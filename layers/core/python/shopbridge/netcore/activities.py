"""An activity in Netcore's form; the last step, where money becomes its documented floats."""

from collections.abc import Mapping
from typing import Any

from shopbridge import times
from shopbridge.commands import Params, RecordActivity
from shopbridge.stores.settings import Spellings
from shopbridge.stores.store import Store
from shopbridge.website_tracking.names import DISPATCHED

FLOATS = frozenset(
    {
        "price",
        "compare_at_price",
        "total_price",
        "subtotal_price",
        "total_discount",
        "total_tax",
        "shipping_price",
        "current_total_price",
        "refund_amount",
    }
)
"""Keys that Netcore documents as float."""

INTEGERS = frozenset({"prid", "variantid"})
"""Ids that Netcore documents as int; Shopify's exceed 32 bits, so a store may keep text."""


def wire(activity: RecordActivity, who: dict[str, str], store: Store) -> dict[str, Any]:
    """Write `activity` of `who` as `/v1/activity/upload` takes it."""
    spellings = store.settings.netcore.spellings
    occurred_at = activity.occurred_at
    if occurred_at is None:
        raise ValueError("an activity is dated before it is queued")
    seconds = int(occurred_at.timestamp())
    params = _typed(activity.params, spellings)
    params[_spelt("activitydate", spellings)] = (
        seconds * 1000 if spellings.activity_date_in_milliseconds else seconds
    )
    return {
        "asset_id": store.settings.netcore.website_id,
        "activity_name": _named(activity.name, spellings),
        "timestamp": times.utc(occurred_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **who,
        "activity_source": "web",
        "activity_params": params,
    }


def _named(event: str, spellings: Spellings) -> str:
    names: Mapping[str, str] = spellings.events  # type: ignore[assignment]  # a merchant's own events have other names, and no entry
    return names.get(event) or DISPATCHED.get(event, event)


def _typed(params: Params, spellings: Spellings) -> Params:
    return {_spelt(key, spellings): _value(key, value, spellings) for key, value in params.items()}


def _value(key: str, value: Any, spellings: Spellings) -> Any:
    if isinstance(value, list):
        return [_listed(one, spellings) for one in value]
    if isinstance(value, dict):
        return _typed(value, spellings)
    if key in FLOATS:
        return float(value)
    if key in INTEGERS and str(value).isdecimal():
        return str(value) if spellings.ids_as_text else int(value)
    return value


def _listed(value: Any, spellings: Spellings) -> Any:
    """Write one of a list: an item, or a product's id, as Product Search lists them."""
    return _typed(value, spellings) if isinstance(value, dict) else _value("prid", value, spellings)


def _spelt(key: str, spellings: Spellings) -> str:
    return spellings.keys.get(key, key)
