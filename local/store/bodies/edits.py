"""Body of `orders/edited`."""

from local.store.bodies.scalars import Body, local, number
from local.store.resources import Resource
from local.store.world import World

Lines = list[tuple[str, int]]
"""Line items by gid, with how many pieces came or went."""


def edited(world: World, order: Resource, *, additions: Lines, removals: Lines) -> Body:
    """Tell an order's edit: not the order, but what was added and removed."""
    at = local(world, order["updatedAt"])
    return {
        "order_edit": {
            "id": world.number(),
            "app_id": None,
            "created_at": at,
            "notify_customer": False,
            "order_id": number(order["id"]),
            "staff_note": "",
            "user_id": None,
            "committed_at": at,
            "line_items": {
                "additions": [{"id": number(gid), "delta": pieces} for gid, pieces in additions],
                "removals": [{"id": number(gid), "delta": pieces} for gid, pieces in removals],
            },
            "discounts": {"line_item": {"additions": [], "removals": []}},
            "shipping_lines": {"additions": [], "removals": []},
        }
    }
