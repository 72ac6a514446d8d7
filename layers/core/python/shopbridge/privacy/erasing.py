"""
Carries out `ErasePerson` and `EraseStore`: here, at Netcore, and so that it stays done.

    a person:  note ─▶ wait for workers that began before ─▶ every place ─▶ Netcore
    a store:   its own row ─▶ every place

Whatever is interrupted goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from shopbridge import reasons
from shopbridge.commands import ErasePerson, EraseStore
from shopbridge.errors import NetcoreRejected, ShopbridgeError
from shopbridge.ledger.rows import command_id
from shopbridge.netcore.identity import key_of
from shopbridge.netcore.paced import outcome_of
from shopbridge.privacy.erased import Erased
from shopbridge.privacy.leaving import is_over
from shopbridge.privacy.left import Left
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.names import of_person
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.places import Place
from shopbridge.privacy.progress import Erasures, Progress
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Later, Result

AT_NETCORE: Final = "netcore"
"""Where an erasure has come to when nothing of it is left here."""

GOES_ON: Final = Later("its time is over: it goes on where it is", 1)


@dataclass(frozen=True, slots=True)
class Erasing:
    """What it takes to forget; `others` is how long somebody may send who did not know yet."""

    station: Station
    places: Sequence[Place]
    erased: Callable[[str], Erased]
    erasures: Callable[[str], Erasures]
    left: Callable[[Store], Left]
    netcore: Access
    others: timedelta

    def person(self, store: Store, item: Item[ErasePerson]) -> Result:
        """
        Forget a person: first so that nothing new is sent, then all there is, then at Netcore.

        A worker that looked before may still send; so it is waited until none of them lives.
        """
        command, request = item.command, command_id(item.head, item.number)
        sought = Sought(command.person, frozenset(command.orders), store.settings.country)
        progress = self._noted(store.name, item, sought)
        wait = (progress.begun + self.others - self.station.now()).total_seconds()
        if wait > 0:
            return Later("workers that began before may still send", wait + 1)
        if progress.place != AT_NETCORE:
            if not self._everywhere(store.name, sought, request, progress):
                return GOES_ON
            self.erasures(store.name).come_to(request, AT_NETCORE)
        return self._at_netcore(store, command)

    def store(self, store: Store, item: Item[EraseStore]) -> Result:
        """
        Forget a store, unless what is there is of a newer install.

        Raises:
            InstalledAgain: it was just now; the next try sees it.
            StoreConflict: its row was changed since it was read.
        """
        if not is_over(store, item.head.triggered_at):
            return Ended("superseded", reasons.INSTALLED_AGAIN)
        if store.epoch:
            store = self.station.stores(store.name).forget(store, item.head.triggered_at)
        left = self.left(store)
        for place in self.places:
            for _ in place.erase_store(store.name, left):
                if self._is_late():
                    return GOES_ON
        return Ended("delivered", reasons.NOT_AT_NETCORE)

    def _noted(self, store: str, item: Item[ErasePerson], sought: Sought) -> Progress:
        """Stop everything about the person, once for each request."""
        erasures, request = self.erasures(store), command_id(item.head, item.number)
        progress = erasures.get(request)
        if progress is None:
            named = of_person(sought.person, sought.orders, sought.country)
            self.erased(store).note(named, item.head.triggered_at)
            progress = erasures.begin(request, self.station.now())
        return progress

    def _everywhere(self, store: str, sought: Sought, request: str, progress: Progress) -> bool:
        """Empty the places, from where it stopped; False where its time is over again."""
        names = [place.name for place in self.places]
        first = names.index(progress.place) if progress.place in names else 0
        for place in self.places[first:]:
            after = progress.position if place.name == progress.place else ""
            for position in place.erase_person(store, sought, after):
                if self._is_late():
                    self.erasures(store).come_to(request, place.name, position)
                    return False
        return True

    def _is_late(self) -> bool:
        return self.station.shift.is_late(self.station.now())

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
