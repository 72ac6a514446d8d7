"""A new product with its variants, inventory items and stock at every location."""

from decimal import Decimal

from local.store.money import plain
from local.store.resources import Ref, Resource
from local.store.world import World

_TITLES = ("Linen Shirt", "Clay Mug", "Walnut Desk", "Wool Socks", "Brass Lamp", "Silk Sari")
_SIZES = ("S", "M", "L")
_STOCK = 50
"""Pieces of each variant at each location."""


def new_product(world: World) -> Resource:
    """Add a product with one to three variants."""
    title = f"{world.random.choice(_TITLES)} {world.random.randrange(100, 1000)}"
    product = world.add("Product", **_product_fields(world, title))
    sizes = _SIZES[: world.random.randint(1, len(_SIZES))]
    price = Decimal(world.random.randrange(500, 20000)) / 100
    variants = [_variant(world, product, size, i + 1, price) for i, size in enumerate(sizes)]
    world.change(
        product,
        variants=[Ref(each["id"]) for each in variants],
        variantsCount={"count": len(variants), "precision": "EXACT"},
        totalInventory=sum(each["inventoryQuantity"] for each in variants),
        **price_range(world, price),
    )
    return product


def price_range(world: World, price: Decimal) -> Resource:
    """The `priceRangeV2` of a product whose variants all cost the same."""
    money = world.money(price)["shopMoney"]
    return {"priceRangeV2": {"minVariantPrice": money, "maxVariantPrice": money}}


def _product_fields(world: World, title: str) -> Resource:
    handle = title.lower().replace(" ", "-")
    number = world.number()
    image = {"url": f"https://cdn.shopify.com/s/files/1/{handle}.jpg", "altText": title}
    return {
        "id_number": number,
        "handle": handle,
        "title": title,
        "description": f"Our {title}.",
        "descriptionHtml": f"<p>Our {title}.</p>",
        "vendor": "Vapid & Sons",
        "productType": title.split()[1],
        "status": "ACTIVE",
        "tags": ["new"],
        "category": None,
        "onlineStoreUrl": f"https://{world.shop}/products/{handle}",
        "publishedAt": world.stamp(),
        "tracksInventory": True,
        "isGiftCard": False,
        "hasOnlyDefaultVariant": False,
        "featuredMedia": {
            "__typename": "MediaImage",
            "id": f"gid://shopify/MediaImage/{number}",
            "preview": {"image": image},
        },
        "collections": [],
        "media": [],
    }


def _variant(world: World, product: Resource, size: str, position: int, price: Decimal) -> Resource:
    sku = f"SKU-{world.random.randrange(10**6):06}"
    item = world.add("InventoryItem", sku=sku, tracked=True, requiresShipping=True)
    levels = [_level(world, item, each) for each in list(world.all("Location"))]
    variant = world.add(
        "ProductVariant",
        title=size,
        displayName=f"{product['title']} - {size}",
        sku=sku,
        barcode=None,
        position=position,
        price=plain(price, world.currency),
        compareAtPrice=None,
        taxable=True,
        availableForSale=True,
        inventoryPolicy="DENY",
        inventoryQuantity=_STOCK * len(levels),
        sellableOnlineQuantity=_STOCK * len(levels),
        selectedOptions=[{"name": "Size", "value": size}],
        media=[],
        product=Ref(product["id"]),
        inventoryItem=Ref(item["id"]),
    )
    links = {"variants": [Ref(variant["id"])], "inventoryLevels": [Ref(e["id"]) for e in levels]}
    world.change(item, **links)
    return variant


def _level(world: World, item: Resource, location: Resource) -> Resource:
    number, parent = location["legacyResourceId"], item["legacyResourceId"]
    return world.add(
        "InventoryLevel",
        id=f"gid://shopify/InventoryLevel/{number}?inventory_item_id={parent}",
        isActive=True,
        item=Ref(item["id"]),
        location=Ref(location["id"]),
        quantities=[
            {"name": name, "quantity": quantity, "updatedAt": world.stamp()}
            for name, quantity in (("available", _STOCK), ("on_hand", _STOCK), ("committed", 0))
        ],
    )
