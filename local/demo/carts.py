"""Three people at the checkout: one leaves, one comes back after the reminder, one just buys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local.demo.holding import Activities, of_customer
from local.demo.shop import Shop, body, number

ABANDONED = "Cart Abandonment"
BOUGHT = "Product Purchase"
LINK = "abandoned_checkout_url"


@dataclass(frozen=True, slots=True)
class Cart:
    """One checkout, and who began it."""

    buyer: str
    """Number of the customer, by which Netcore knows them."""
    checkout: str
    link: str
    """Leads back to it."""

    def reminders(self, activities: Activities) -> list[Mapping[str, Any]]:
        """Return what Netcore was told of this cart being left."""
        return [
            one for one in of_customer(activities, self.buyer) if one["activity_name"] == ABANDONED
        ]

    def was_left(self, activities: Activities) -> bool:
        """Whether Netcore was told so, once, with the link back."""
        links = [one["activity_params"].get(LINK) for one in self.reminders(activities)]
        return links == [self.link]

    def was_bought(self, activities: Activities) -> bool:
        """Whether Netcore was told of the purchase, once, after all else about this cart."""
        names = [one["activity_name"] for one in of_customer(activities, self.buyer)]
        told = [name for name in names if name in (ABANDONED, BOUGHT)]
        return told.count(BOUGHT) == 1 and told[-1] == BOUGHT


@dataclass(frozen=True, slots=True)
class Carts:
    """The three."""

    left: Cart
    recovered: Cart
    bought: Cart

    def findings(self, activities: Activities, told_later: int) -> Iterator[str]:
        """Say what Netcore was told otherwise; `told_later` carts were told by another sweep."""
        for cart in (self.left, self.recovered):
            if not cart.was_left(activities):
                yield f"the cart that {cart.buyer} left was not told once, with its link"
        for cart in (self.recovered, self.bought):
            if not cart.was_bought(activities):
                yield f"the purchase of {cart.buyer} was not told once, at last"
        if self.bought.reminders(activities):
            yield "a cart that was bought at once was told as abandoned"
        if told_later:
            yield f"{told_later} carts were told as abandoned by a later sweep"


@dataclass(slots=True)
class Shoppers:
    """Sends people to the checkout of `shop`, and counts the webhooks that this makes."""

    shop: Shop
    deliveries: int = 0

    def go(self) -> Carts:
        """Three new people go to the checkout; the last one pays."""
        left, recovered, bought = self._begin(), self._begin(), self._begin()
        self.pay(bought)
        return Carts(left, recovered, bought)

    def pay(self, cart: Cart) -> int:
        """Whoever began this checkout completes it; return how many webhooks that made."""
        made = self.shop.deliver(self.shop.happen("purchase", cart.checkout))
        self.deliveries += made
        return made

    def _begin(self) -> Cart:
        customer, registered = self.shop.register()
        begun = self.shop.happen("start_checkout", customer=customer)
        self.deliveries += self.shop.deliver([*registered, *begun])
        link = body(begun[0])["abandoned_checkout_url"]
        return Cart(number(customer), begun[0].resource, link)
