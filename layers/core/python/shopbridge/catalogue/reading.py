"""Reads products with every variant and stock level, page by page."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shopbridge.catalogue.product import InventoryItem, Level, Page, Product, Variant
from shopbridge.errors import AdminRejected, AdminTooCostly, AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import DENIED, Answer

VARIANTS_AT_ONCE = 24
"""Variants on one page to begin with: 999 of 1,000 points; fewer where Shopify wants more."""

ITEMS_AT_ONCE = 40
"""Inventory items in one query: 920 points."""


class ProductReader:
    """Reads products of one store."""

    def __init__(self, gateway: Asks, variants_at_once: int = VARIANTS_AT_ONCE) -> None:
        self._gateway = gateway
        self._variants_at_once = variants_at_once

    def stocked(self, inventory_items: Collection[str]) -> dict[str, list[str]]:
        """
        Find the products whose variants each inventory item stocks; none for one that is gone.

        Raises:
            AdminUnavailable: not all could be read now.
            AdminRejected: Shopify refuses the app or the store.
        """
        found: dict[str, list[str]] = {}
        wanted = list(inventory_items)
        for start in range(0, len(wanted), ITEMS_AT_ONCE):
            part = wanted[start : start + ITEMS_AT_ONCE]
            ids = [_gid("InventoryItem", one) for one in part]
            nodes = _nodes(self._gateway.ask(load("stocked_products"), {"ids": ids}), len(ids))
            found |= {item: _owners(node) for item, node in zip(part, nodes, strict=True)}
        return found

    def product(self, product_id: str) -> Product | None:
        """
        Read one product whole; None where Shopify has no such product.

        Raises:
            AdminUnavailable: it could not be read now.
            AdminRejected: Shopify refuses the app or the store.
        """
        pages = list(self._pages(product_id))
        if not all(pages):
            return None
        whole = [page for page in pages if page]
        variants = tuple(self._with_levels(one) for page in whole for one in page.variants.nodes)
        return whole[-1].model_copy(update={"variants": Page[Variant](nodes=variants)})

    def _pages(self, product_id: str) -> Iterator[Product | None]:
        cursor, more = None, True
        while more:
            page = self._page(product_id, cursor)
            yield page
            more = page is not None and page.variants.page_info.has_next_page
            cursor = page.variants.page_info.end_cursor if page else None

    def _page(self, product_id: str, cursor: str | None) -> Product | None:
        while True:
            wanted = {
                "ids": [_gid("Product", product_id)],
                "after": cursor,
                "variants": self._variants_at_once,
            }
            try:
                answer = self._gateway.ask(load("product"), wanted)
            except AdminTooCostly:
                if self._variants_at_once == 1:
                    raise
                self._variants_at_once //= 2
                continue
            (node,) = _nodes(answer, 1)
            currency = (answer.data.get("shop") or {}).get("currencyCode", "")
            return Product.model_validate({**node, "currency": currency}) if node else None

    def _with_levels(self, variant: Variant) -> Variant:
        """Complete the stock of an item that lies in more places than one page holds."""
        item = variant.inventory_item
        if item is None or item.inventory_levels is None:
            return variant
        levels, page = list(item.inventory_levels.nodes), item.inventory_levels
        while page.page_info.has_next_page:
            page = self._levels(item, page.page_info.end_cursor)
            levels += page.nodes
        whole = item.model_copy(update={"inventory_levels": Page[Level](nodes=tuple(levels))})
        return variant.model_copy(update={"inventory_item": whole})

    def _levels(self, item: InventoryItem, cursor: str | None) -> Page[Level]:
        wanted = {"ids": [_gid("InventoryItem", item.id)], "after": cursor}
        (node,) = _nodes(self._gateway.ask(load("inventory_levels"), wanted), 1)
        if node is None:
            raise AdminUnavailable("an inventory item vanished while it was read")
        return Page[Level].model_validate(node["inventoryLevels"])


def _gid(kind: str, id_: str) -> str:
    return f"gid://shopify/{kind}/{id_}"


def _nodes(answer: Answer, expected: int) -> list[Mapping[str, Any] | None]:
    """Return the nodes; a hole that no missing permission explains is read again later."""
    nodes = answer.data.get("nodes")
    if not isinstance(nodes, list) or len(nodes) != expected:
        raise AdminUnavailable("an answer without the nodes that were asked for")
    for problem in answer.problems:
        if problem.code != DENIED:
            raise AdminUnavailable(problem.code)
        if None in nodes:  # a null that rose from a forbidden field, not a product that is gone
            raise AdminRejected(f"Shopify denies access to {problem.field}")
    return nodes


def _owners(node: Mapping[str, Any] | None) -> list[str]:
    variants = ((node or {}).get("variants") or {}).get("nodes") or []
    return sorted({plain_id(one["product"]["id"]) for one in variants})
