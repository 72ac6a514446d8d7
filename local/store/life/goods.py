"""What happens to the shop's goods and to the shop itself."""

from decimal import Decimal

from local.store.bodies import goods as bodies
from local.store.bodies.shop import shop as shop_body
from local.store.life.stock import new_product, price_range
from local.store.money import plain
from local.store.resources import Change, Resource
from local.store.world import World


def create_product(world: World) -> list[Change]:
    """The merchant adds a product with one to three variants, stocked at every location."""
    product = new_product(world)
    return [Change("products/create", product["id"], bodies.product(world, product))]


def update_product(world: World, product: Resource) -> list[Change]:
    """The merchant marks a product down."""
    for variant in (world.get(gid) for gid in product["variants"]):
        lower = plain(Decimal(variant["price"]) * Decimal("0.9"), world.currency)
        world.change(variant, price=lower, compareAtPrice=variant["price"])
    price = Decimal(world.get(product["variants"][0])["price"])
    tags = sorted({*product["tags"], "sale"})
    world.change(product, tags=tags, **price_range(world, price))
    return [_updated(world, product)]


def delete_product(world: World, product: Resource) -> list[Change]:
    """The merchant deletes a product with its variants; old orders keep their lines."""
    for variant in [world.get(gid) for gid in product["variants"]]:
        item = world.get(variant["inventoryItem"])
        for level in item["inventoryLevels"]:
            world.remove(world.get(level))
        world.remove(item)
        world.remove(variant)
    world.remove(product)
    number = product["legacyResourceId"]
    return [Change("products/delete", product["id"], {"id": int(number)})]


def change_stock(world: World, variant: Resource, delta: int) -> list[Change]:
    """Count `delta` pieces of a variant in (or out, below zero) at its first location."""
    level = world.get(world.get(variant["inventoryItem"])["inventoryLevels"][0])
    world.change(level)
    quantities = [
        {**each, "quantity": each["quantity"] + delta, "updatedAt": world.stamp()}
        for each in level["quantities"]
    ]
    world.change(level, quantities=quantities)
    product = _counted(world, variant, delta)
    body = bodies.inventory_level(world, level)
    return [Change("inventory_levels/update", level["id"], body), _updated(world, product)]


def leave_location(world: World, variant: Resource) -> list[Change]:
    """A location stops to stock a variant, and what it had of it is gone; one location stays."""
    item = world.get(variant["inventoryItem"])
    if len(item["inventoryLevels"]) == 1:
        return []
    *others, last = item["inventoryLevels"]
    level = world.get(last)
    body = bodies.inventory_level(world, level)
    product = _counted(world, variant, -body["available"])
    world.change(item, inventoryLevels=others)
    world.remove(level)
    ids = {name: body[name] for name in ("inventory_item_id", "location_id")}
    return [Change("inventory_levels/disconnect", level["id"], ids), _updated(world, product)]


def restock(world: World, variant: Resource) -> list[Change]:
    """Ten more pieces of a variant arrive."""
    return change_stock(world, variant, 10)


def update_shop(world: World) -> list[Change]:
    """The merchant renames the shop."""
    shop = next(world.all("Shop"))
    world.change(shop, name=f"Vapid Store {world.random.randrange(100)}")
    return [Change("shop/update", shop["id"], shop_body(world, shop))]


def _counted(world: World, variant: Resource, delta: int) -> Resource:
    """Add up a variant's stock anew; return its product."""
    available = variant["inventoryQuantity"] + delta
    world.change(
        variant,
        inventoryQuantity=available,
        sellableOnlineQuantity=available,
        availableForSale=available > 0,
    )
    product = world.get(variant["product"])
    world.change(product, totalInventory=product["totalInventory"] + delta)
    return product


def _updated(world: World, product: Resource) -> Change:
    return Change("products/update", product["id"], bodies.product(world, product))
