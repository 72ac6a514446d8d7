"""Carries out `ErasePerson` and `EraseStore`: here, at Netcore, and so that it stays done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbridge import reasons
from shopbridge.commands import ErasePerson, EraseStore
from shopbridge.entry.station import Station
from shopbridge.errors import NetcoreRejected, ShopbridgeError
from shopbridge.ledger.rows import command_id
from shopbridge.netcore.identity import key_of
from shopbridge.netcore.paced import outcome_of
from shopbridge.privacy.erased import Erased
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.names import of_person
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.places import Place
from shopbridge.privacy.progress import Erasures, Progress
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Later, Result


@dataclass(frozen=True, slots=True)
class Erasing:
    """What it takes to forget; `others` is how long a worker lives that did not know yet."""

    station: Station
    places: Sequence[Place]
    erased: Callable[[str], Erased]
    erasures: Callable[[str], Erasures]
    netcore: Access
    others: timedelta

    def person(self, store: Store, item: Item[ErasePerson]) -> Result:
        """
        Forget a person: first so that nothing new is sent, then all there is, then at Netcore.

        A worker that looked before may still send; so everything is deleted once more, and
        Netcore is asked, when none of them lives any longer.
        """
        command, now, country = item.command, self.station.now(), store.settings.country
        begun = self._noted(store, item, now).begun
        sought = Sought(command.person, frozenset(command.orders), country)
        for place in self.places:
            place.erase_person(store.name, sought)
        wait = (begun + self.others - now).total_seconds()
        if wait > 0:
            return Later("workers that began before may still send", wait + 1)
        return self._at_netcore(store, command)

    def store(self, store: Store, item: Item[EraseStore]) -> Result:
        """Forget a store, unless the app was installed there again."""
        if store.status != "uninstalled" or item.head.triggered_at < store.installed_at:
            return Ended("superseded", reasons.INSTALLED_AGAIN)
        for place in self.places:
            place.erase_store(store.name)
        return Ended("delivered", reasons.NOT_AT_NETCORE)

    def _noted(self, store: Store, item: Item[ErasePerson], now: datetime) -> Progress:
        """Stop everything about the person, once for each request."""
        erasures, request = self.erasures(store.name), command_id(item.head, item.number)
        progress = erasures.get(request)
        if progress is None:
            named = of_person(item.command.person, item.command.orders, store.settings.country)
            self.erased(store.name).note(named, item.head.triggered_at)
            progress = erasures.begin(request, self.station.now())
        return progress

    def _at_netcore(self, store: Store, command: ErasePerson) -> Result:
        key = key_of(command.person, store)
        if store.status == "uninstalled" or store.sealed_netcore_key is None or key is None:
            return Ended("delivered", reasons.NOT_AT_NETCORE)
        try:
            client, paced = self.netcore.client(store), self.netcore.paced(store)
            paced.call("form", lambda: client.erase(key))
        except NetcoreRejected as exc:
            return Ended("delivered", f"{exc}. It may not know this contact.")
        except ShopbridgeError as exc:
            return outcome_of(exc)
        return Ended("delivered")
