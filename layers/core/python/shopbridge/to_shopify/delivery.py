"""Carries out `Unsubscribe` and `FillCustomer` for one store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shopbridge import reasons
from shopbridge.commands import (
    BY_LINK,
    ChangeConsent,
    Channel,
    ConsentState,
    FillCustomer,
    ForShopify,
    Unsubscribe,
)
from shopbridge.consents.settle import Settling
from shopbridge.errors import Rejected, Unavailable
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import Answer, Points
from shopbridge.shopify.writers import Refused, ScopeMissing, Writer
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.to_shopify import filling
from shopbridge.to_shopify.consenting import Consenting
from shopbridge.to_shopify.finding import Finder
from shopbridge.work import Ended, Item, Later, Result

SPARED = 0.2
"""Share of Shopify's points that is left to others: we are one app of many things in a store."""
TRIES = 3
"""Receives after which a profile that Shopify keeps refusing is shown to somebody."""

_WORST = ("later", "parked", "delivered", "unidentified", "superseded", "unchanged")
Item_ = Item[ForShopify]


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    gateway: Callable[[Store], Asks]
    settling: Callable[[Store], Settling]


def deliver(store: Store, items: Sequence[Item_], services: Services) -> Sequence[Result]:
    """Bring to Shopify what people said to Netcore; one result for each item, in their order."""
    meter = Meter(services.gateway(store))
    work = Work(
        store,
        Finder(meter, store.settings.country),
        Consenting(store, Writer(meter), services.settling(store), services.station.now),
    )
    return list(_results(items, work, meter))


def _results(items: Sequence[Item_], work: "Work", meter: "Meter") -> Iterator[Result]:
    """Yield how each ended; where Shopify's points run low the others wait until there are more."""
    for item in items:
        wait = meter.points.seconds_until(SPARED) if meter.points else 0
        yield Later("Shopify's points run low", wait) if wait else work.one(item)


class Meter:
    """Asks Shopify, and remembers how many points are left."""

    def __init__(self, gateway: Asks) -> None:
        self._gateway = gateway
        self.points: Points | None = None

    def ask(self, document: str, variables: dict[str, object]) -> Answer:
        """Execute `document`."""
        answer = self._gateway.ask(document, variables)
        self.points = answer.points or self.points
        return answer


@dataclass(frozen=True, slots=True)
class Work:
    """One store's way from a command to both sides."""

    store: Store
    finder: Finder
    consenting: Consenting

    def one(self, item: Item_) -> Result:
        """Carry out one command; what goes wrong with it does not concern the others."""
        command = item.command
        try:
            if isinstance(command, Unsubscribe):
                return self._unsubscribe(item, command)
            return self._fill(item, command)
        except Unavailable as exc:
            return Later(str(exc), exc.retry_after)
        except ScopeMissing:
            return Ended("parked", reasons.SCOPE_MISSING)
        except Rejected as exc:
            return Ended("parked", str(exc))

    def _unsubscribe(self, item: Item_, command: Unsubscribe) -> Result:
        people = self.finder.find(command.person)
        again = item.receives > 1
        if people:
            return _together([self._no(one, command, again) for one in people])
        if command.source in BY_LINK and command.person.customer_id:
            word = _word(command.person.customer_id, command, command.channel, "unsubscribed")
            return self.consenting.say_without_customer(word.customer_id, word)
        return Ended("unidentified", reasons.NO_CUSTOMER)

    def _no(self, customer: Customer, command: Unsubscribe, again: bool) -> Result:
        if command.undated and self.consenting.is_echo(customer.id, command, again=again):
            return Ended("unchanged", reasons.ECHO)
        return self._say(customer, command, command.channel, "unsubscribed", again)

    def _fill(self, item: Item_, command: FillCustomer) -> Result:
        people = self.finder.find(command.person)
        again = item.receives > 1
        customer, done = people[0] if people else None, Ended("unchanged")
        settings, writer = self.store.settings, self.consenting.writer
        if customer is None:
            new = filling.new(command, settings)
            if not new:
                return Ended("unidentified", reasons.NO_CUSTOMER)
            try:
                customer = writer.create({**new.values, "tags": list(new.tags)})
            except Refused as exc:  # somebody made the same one meanwhile: it is found next time
                return Later(str(exc)) if item.receives < TRIES else Ended("parked", str(exc))
            done = _filled(customer.id if customer else "")
        elif lacks := filling.missing(customer, command, settings):
            writer.fill(customer.id, lacks.values, lacks.tags)
            done = _filled(customer.id)
        if customer is None or not command.subscribes:
            return done
        words = [
            self._say(customer, command, channel, "subscribed", again)
            for channel in command.subscribes
        ]
        return _together([done, *words])

    def _say(
        self,
        customer: Customer,
        command: ForShopify,
        channel: Channel,
        state: ConsentState,
        again: bool,
    ) -> Result:
        word = _word(customer.id, command, channel, state)
        result = self.consenting.say(customer, word, again=again)
        if not isinstance(result, Ended):
            return result
        effect = f"shopify/consent/customer#{customer.id}/{channel} {word.at:%Y-%m-%dT%H:%M:%SZ}"
        return Ended(result.outcome, result.reason, effect)


def _word(
    customer: str, command: ForShopify, channel: Channel, state: ConsentState
) -> ChangeConsent:
    return ChangeConsent(customer, channel, state, command.at, source=command.source)


def _filled(customer: str) -> Ended:
    return Ended("delivered", effect=f"shopify/profile/customer#{customer}/")


def _together(results: Sequence[Result]) -> Result:
    """Return what one command comes to that concerned several people or words."""
    return min(results, key=lambda one: _WORST.index(_name(one)))


def _name(result: Result) -> str:
    return result.outcome if isinstance(result, Ended) else "later"
