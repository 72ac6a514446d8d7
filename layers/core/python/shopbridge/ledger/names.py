"""
Keys of the ledger's side rows: counters, names of orders, the directory of stores.

None begins with a store: an event id is anybody's word, and follows the store's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopbridge.ledger.counted import Place

DIRECTORY = "#stores"
"""Partition that lists every store a delivery ever named, installed or not."""


@dataclass(frozen=True, slots=True)
class OrderName:
    """What people call an order, and its id."""

    store: str
    name: str
    order: str


def counters_partition(store: str) -> str:
    """Partition of all counters of `store`."""
    return f"counters#{store}"


def counters_key(place: Place) -> dict[str, str]:
    """Key of the counter of one store, hour and topic."""
    return {
        "delivery": counters_partition(place.store),
        "row": f"{place.hour}#{place.topic}",
    }


def consents_partition(store: str) -> str:
    """Partition of the counts of consent of `store`."""
    return f"consents#{store}"


def order_names_partition(store: str) -> str:
    """Partition of the names of all orders of `store`."""
    return f"order-name#{store}"


def order_name_key(named: OrderName) -> dict[str, str]:
    """Key of the row that leads from an order's name to its id."""
    return {"delivery": order_names_partition(named.store), "row": named.name}


def order_of(image: Mapping[str, Any] | None) -> OrderName | None:
    """Name and id of the order that a delivery's row is about; None for everything else."""
    title = (image or {}).get("title")
    if not image or not title:
        return None
    prefix = f"{image['store']}#order#"
    resource = image.get("resource", "")
    if not resource.startswith(prefix):
        return None
    return OrderName(image["store"], title, resource.removeprefix(prefix))
