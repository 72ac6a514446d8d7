"""`orders/edited` bodies: what an edit added and removed, without the order itself."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Count, Id, Time, plain_id


class Change(Struct, frozen=True):
    """One line item and by how many pieces it grew or shrank."""

    id: Id
    delta: Count


class LineItemChanges(Struct, frozen=True):
    """Lines that the edit added to and took from."""

    additions: tuple[Change, ...] = ()
    removals: tuple[Change, ...] = ()


class OrderEdit(Struct, frozen=True):
    """One committed edit; names its order, but no buyer."""

    id: Id
    order_id: Id
    created_at: Time = None
    committed_at: Time = None
    """Since 2024-10; before, an edit had only the time it was begun."""
    line_items: LineItemChanges = LineItemChanges()


class OrderEdited(Struct, frozen=True):
    """The whole body."""

    order_edit: OrderEdit

    @property
    def resource(self) -> str:
        """`order#1001`: edits are found under their order."""
        return f"order#{plain_id(self.order_edit.order_id)}"

    @property
    def title(self) -> str:
        """Empty: the body does not say the order's name."""
        return ""
