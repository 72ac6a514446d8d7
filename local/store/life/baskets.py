"""What is in a basket and what it costs."""

from dataclasses import dataclass
from decimal import Decimal

from local.store.money import rounded
from local.store.resources import Ref, Resource
from local.store.world import World

TAX = Decimal("0.0825")
SHIPPING = Decimal("7.50")
DISCOUNT = Decimal("0.10")
"""Of what the code CNRY10 takes off; shipping is in the shop's currency."""


@dataclass(frozen=True, slots=True)
class Price:
    """What an order costs, in the shop's currency."""

    goods: Decimal
    discount: Decimal
    tax: Decimal
    shipping: Decimal

    @property
    def subtotal(self) -> Decimal:
        """The goods after discounts."""
        return self.goods - self.discount

    @property
    def total(self) -> Decimal:
        """What the buyer pays."""
        return self.subtotal + self.tax + self.shipping


def price_of(world: World, lines: list[Resource], *, coded: bool, shipped: bool) -> Price:
    """Add up current lines; `coded` orders used a discount code."""
    goods = sum((_unit(line) * line["currentQuantity"] for line in lines), Decimal(0))
    discount = rounded(goods * DISCOUNT, world.currency) if coded else Decimal(0)
    tax = rounded((goods - discount) * TAX, world.currency)
    shipping = rounded(SHIPPING, world.currency) if shipped and lines else Decimal(0)
    return Price(goods, discount, tax, shipping)


def price_fields(world: World, price: Price, presentment: str) -> Resource:
    """An order's amounts at the moment it was placed."""
    names = {
        "subtotalPriceSet": price.subtotal,
        "totalDiscountsSet": price.discount,
        "totalTaxSet": price.tax,
        "totalShippingPriceSet": price.shipping,
        "totalPriceSet": price.total,
        "originalTotalPriceSet": price.total,
        "_lineItemsPriceSet": price.goods,
        "totalRefundedSet": Decimal(0),
        **_current(price),
    }
    return {name: world.money(amount, presentment) for name, amount in names.items()}


def current_fields(world: World, price: Price, presentment: str) -> Resource:
    """An order's amounts after edits, returns or cancelling."""
    return {name: world.money(each, presentment) for name, each in _current(price).items()}


def line(world: World, variant: Resource, quantity: int, presentment: str) -> Resource:
    """A `LineItem` of `quantity` pieces of a variant."""
    product = world.get(variant["product"])
    unit = Decimal(variant["price"])
    return {
        "__typename": "LineItem",
        "id": f"gid://shopify/LineItem/{world.number()}",
        "_key": world.token(),
        "name": f"{product['title']} - {variant['title']}",
        "title": product["title"],
        "variantTitle": variant["title"],
        "sku": variant["sku"],
        "vendor": product["vendor"],
        "quantity": quantity,
        "currentQuantity": quantity,
        "unfulfilledQuantity": quantity,
        "requiresShipping": True,
        "isGiftCard": False,
        "taxable": True,
        "image": product["featuredMedia"]["preview"]["image"],
        "variant": Ref(variant["id"]),
        "product": Ref(product["id"]),
        "originalUnitPriceSet": world.money(unit, presentment),
        "discountedUnitPriceSet": world.money(unit, presentment),
        "originalTotalSet": world.money(unit * quantity, presentment),
        "discountedTotalSet": world.money(unit * quantity, presentment),
        "totalDiscountSet": world.money(Decimal(0), presentment),
    }


def fill(world: World, presentment: str, least: int = 1) -> list[Resource]:
    """Take one to three different variants, `least` to two pieces of each."""
    variants = list(world.all("ProductVariant"))
    chosen = world.random.sample(variants, min(len(variants), world.random.randint(1, 3)))
    return [line(world, each, world.random.randint(least, 2), presentment) for each in chosen]


def _unit(line: Resource) -> Decimal:
    return Decimal(line["originalUnitPriceSet"]["shopMoney"]["amount"])


def _current(price: Price) -> dict[str, Decimal]:
    return {
        "currentSubtotalPriceSet": price.subtotal,
        "currentTotalDiscountsSet": price.discount,
        "currentTotalTaxSet": price.tax,
        "currentShippingPriceSet": price.shipping,
        "currentTotalPriceSet": price.total,
    }
