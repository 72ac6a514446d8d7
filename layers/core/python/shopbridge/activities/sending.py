"""Sends claimed activities and keeps their receipts true to what Netcore answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbridge.activities.parcel import Parcel
from shopbridge.errors import NetcoreUnavailable, ShopbridgeError, Unavailable
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
                if error is None:
                    results |= self._accepted(part)
                else:
                    results |= {id(parcel.item): self._refused(parcel, error) for parcel in part}
        return results

    def _upload(self, parcels: Sequence[Parcel]) -> None:
        bodies = [parcel.body for parcel in parcels]
        self.paced.call("activity", lambda: self.client.upload_activities(bodies))

    def _accepted(self, parcels: Sequence[Parcel]) -> dict[int, Result]:
        """Write receipts; where one cannot be written, the claim's lease has to end first."""
        by_effect = {parcel.effect: parcel for parcel in parcels}
        sent = {effect: parcel.command for effect, parcel in by_effect.items()}
        results: dict[int, Result] = {}
        why = ""
        try:
            for effect in self.receipts.accept(sent, self.now()):
                parcel = by_effect.pop(effect)
                results[id(parcel.item)] = Ended("delivered", effect=effect, resent=parcel.resent)
        except (*AWS_FAILURES, Unavailable) as exc:
            why = f"its receipt cannot be written: {type(exc).__name__}"
        return results | {id(parcel.item): Later(why) for parcel in by_effect.values()}

    def _refused(self, parcel: Parcel, error: ShopbridgeError) -> Result:
        try:
            self._give_back(parcel, error)
        except AWS_FAILURES as exc:
            return Later(f"its claim cannot be given back: {type(exc).__name__}")
        result = outcome_of(error)
        return replace(result, effect=parcel.effect) if isinstance(result, Ended) else result

    def _give_back(self, parcel: Parcel, error: ShopbridgeError) -> None:
        maybe_applied = isinstance(error, NetcoreUnavailable) and error.ambiguous
        if maybe_applied or parcel.resent:
            self.receipts.doubt(parcel.effect)
        else:
            self.receipts.release(parcel.effect)
