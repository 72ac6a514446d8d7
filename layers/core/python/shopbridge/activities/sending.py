"""Sends claimed activities and keeps their receipts true to what Netcore answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbridge.activities.parcel import Parcel
from shopbridge.errors import NetcoreUnavailable, ShopbridgeError
from shopbridge.netcore.batches import chunks, json_size, send
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced, outcome_of
from shopbridge.passing import AWS_FAILURES
from shopbridge.receipts.repository import Receipts
from shopbridge.work import Ended, Later, Result

MOST = 500
"""Activities in a call; Netcore takes 1,000."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One store's way to Netcore's activity API."""

    client: NetcoreClient
    paced: Paced
    receipts: Receipts
    now: Callable[[], datetime]

    def send(self, parcels: Sequence[Parcel]) -> dict[int, Result]:
        """Send `parcels` in chunks; the result of each by its item's identity."""
        results: dict[int, Result] = {}
        for chunk in chunks(parcels, MOST, lambda parcel: json_size(parcel.body)):
            for part, error in send(chunk, self._upload):
                for parcel in part:
                    results[id(parcel.item)] = self._settled(parcel, error)
        return results

    def _upload(self, parcels: Sequence[Parcel]) -> None:
        bodies = [parcel.body for parcel in parcels]
        self.paced.call("activity", lambda: self.client.upload_activities(bodies))

    def _settled(self, parcel: Parcel, error: ShopbridgeError | None) -> Result:
        """Settle one; where its receipt cannot be written, the claim's lease has to end first."""
        try:
            return self._settle(parcel, error)
        except AWS_FAILURES as exc:
            return Later(f"its receipt cannot be written: {type(exc).__name__}")

    def _settle(self, parcel: Parcel, error: ShopbridgeError | None) -> Result:
        if error is None:
            self.receipts.accept(parcel.effect, self.now())
            return Ended("delivered", effect=parcel.effect, resent=parcel.resent)
        maybe_applied = isinstance(error, NetcoreUnavailable) and error.ambiguous
        if maybe_applied or parcel.resent:
            self.receipts.doubt(parcel.effect)
        else:
            self.receipts.release(parcel.effect)
        result = outcome_of(error)
        return replace(result, effect=parcel.effect) if isinstance(result, Ended) else result
