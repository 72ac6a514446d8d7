"""A store's products as the Admin API pages them; counts what it was asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shopbridge.errors import AdminTooCostly
from shopbridge.shopify.verdict import Answer, Problem

Node = dict[str, Any]


def level(location: int, available: int) -> Node:
    """Write what one location has."""
    return {
        "location": {"id": f"gid://shopify/Location/{location}", "name": f"Place {location}"},
        "quantities": [{"quantity": available}],
    }


def variant(id_: int, *levels: Node, **changes: Any) -> Node:
    """Write a variant; its inventory item has its id plus 100."""
    return {
        "id": f"gid://shopify/ProductVariant/{id_}",
        "title": "Blue",
        "sku": f"SKU-{id_}",
        "barcode": "4006381333931",
        "price": "10.00",
        "compareAtPrice": "12.50",
        "availableForSale": True,
        "inventoryPolicy": "DENY",
        "selectedOptions": [{"name": "Color", "value": "Blue"}],
        "media": {"nodes": []},
        "inventoryItem": {
            "id": f"gid://shopify/InventoryItem/{id_ + 100}",
            "tracked": True,
            "inventoryLevels": {
                "pageInfo": {"hasNextPage": False, "endCursor": None},
                "nodes": list(levels),
            },
        },
        **changes,
    }


def product(id_: int, *variants: Node, **changes: Any) -> Node:
    """Write a product."""
    return {
        "id": f"gid://shopify/Product/{id_}",
        "title": "Bean Bag",
        "handle": "bean-bag",
        "description": "Soft.",
        "vendor": "Bean Co",
        "productType": "Furniture",
        "status": "ACTIVE",
        "onlineStoreUrl": "https://vapid-store.example/products/bean-bag",
        "featuredMedia": {"preview": {"image": {"url": "https://cdn.example/bag.png"}}},
        "media": {
            "nodes": [
                {"preview": {"image": {"url": "https://cdn.example/bag.png"}}},
                {"preview": None},
                {"preview": {"image": {"url": "https://cdn.example/bag-open.png"}}},
            ]
        },
        "variants": list(variants),
        **changes,
    }


@dataclass
class Shop:
    """Answers `product`, `inventory_levels` and `stocked_products`."""

    products: dict[str, Node] = field(default_factory=dict)
    more_levels: dict[str, list[Node]] = field(default_factory=dict)
    """Stock of an inventory item beyond the first page, by its id."""
    most_variants: int = 250
    """Variants in one query that Shopify still takes."""
    problems: tuple[Problem, ...] = ()
    asked: list[str] = field(default_factory=list)
    before: Callable[[], object] = lambda: None
    """Called before each answer: what happens meanwhile."""

    def put(self, *products: Node) -> None:
        """Let the shop have these products."""
        self.products |= {one["id"]: one for one in products}

    def ask(self, document: str, variables: Mapping[str, Any]) -> Answer:
        """Answer one query."""
        self.before()
        name = document.partition("(")[0].removeprefix("query ")
        self.asked.append(name)
        answers = {
            "Product": self._product,
            "InventoryLevels": self._levels,
            "StockedProducts": self._stocked,
        }
        nodes = [answers[name](id_, variables) for id_ in variables["ids"]]
        return Answer({"shop": {"currencyCode": "EUR"}, "nodes": nodes}, self.problems)

    def _product(self, id_: str, variables: Mapping[str, Any]) -> Node | None:
        first, after = variables["variants"], int(variables["after"] or 0)
        if first > self.most_variants:
            raise AdminTooCostly("too many variants at once")
        found = self.products.get(id_)
        if found is None:
            return None
        page = found["variants"][after : after + first]
        more = after + first < len(found["variants"])
        info = {"hasNextPage": more, "endCursor": str(after + first)}
        return {**found, "variants": {"nodes": page, "pageInfo": info}}

    def _levels(self, id_: str, variables: Mapping[str, Any]) -> Node:
        info = {"hasNextPage": False, "endCursor": None}
        return {"inventoryLevels": {"nodes": self.more_levels[id_], "pageInfo": info}}

    def _stocked(self, id_: str, variables: Mapping[str, Any]) -> Node | None:
        owners = [
            {"product": {"id": one["id"]}}
            for one in self.products.values()
            for v in one["variants"]
            if v["inventoryItem"] and v["inventoryItem"]["id"] == id_
        ]
        return {"variants": {"nodes": owners}} if owners else None
