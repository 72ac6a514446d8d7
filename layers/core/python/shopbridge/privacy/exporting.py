"""Carries out `ExportPerson`: the bundle lies where its merchant can fetch it."""

from collections.abc import Callable
from dataclasses import dataclass

from shopbridge import kept
from shopbridge.commands import ExportPerson
from shopbridge.errors import NetcoreUnavailable
from shopbridge.netcore.paced import outcome_of
from shopbridge.privacy import bundle, netcore
from shopbridge.privacy.bundle import Holdings
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.netcore import Access
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result


@dataclass(frozen=True, slots=True)
class Exporting:
    """What it takes to answer data requests."""

    station: Station
    holdings: Callable[[str], Holdings]
    """By the name of a store, installed or not."""
    netcore: Access

    def export(self, store: Store, item: Item[ExportPerson]) -> Result:
        """
        Bundle what is held, of an installed store or not.

        The same request again writes the same object: nothing is kept twice.
        """
        command, head, now = item.command, item.head, self.station.now()
        try:
            theirs = netcore.told(store, command.person, self.netcore, now.date())
        except NetcoreUnavailable as exc:
            return outcome_of(exc)
        sought = Sought(command.person, frozenset(command.orders), store.settings.country)
        ours = bundle.of_us(sought, head, self.holdings(head.store), now, self._is_late)
        self.station.s3.put_object(
            Bucket=self.station.bucket,
            Key=kept.request_key(head.store, head.received_at, command.request_id),
            Body=bundle.written(command, head, ours, theirs, now),
            ContentType=kept.BUNDLE,
        )
        return Ended("delivered")

    def _is_late(self) -> bool:
        return self.station.shift.is_late(self.station.now())
