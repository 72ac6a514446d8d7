"""What Netcore has after all calls so far."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

from local.netcore.journal import Journal
from local.netcore.profiles import Profiles

Kind = Literal["activities", "contacts", "blacklist", "erasures", "uploads"]
KINDS: Final[tuple[Kind, ...]] = ("activities", "contacts", "blacklist", "erasures", "uploads")


class Panel:
    """Keeps every accepted item as it came, and the contacts that result from them."""

    def __init__(
        self,
        primary_key: str,
        *,
        clock: Callable[[], datetime],
        journal: Journal | None = None,
    ) -> None:
        self.primary_key = primary_key
        self._clock = clock
        self._journal = journal
        self._begin()
        for kind, entry in journal.entries() if journal else ():
            self._apply(kind, entry)

    def keep(self, kind: Kind, entries: Iterable[Mapping[str, Any]]) -> None:
        """Take in accepted items of one request, in their order, stamped with the time."""
        at = self._clock().isoformat(timespec="milliseconds")
        stamped = [{**entry, "_received_at": at} for entry in entries]
        if self._journal:
            self._journal.add(kind, stamped)
        for entry in stamped:
            self._apply(kind, entry)

    def drop(self, kind: Kind, count: int = 1) -> None:
        """Count items that Netcore answers with success and does not store."""
        self._dropped[kind] += count

    def forget(self) -> None:
        """Start again with an empty panel."""
        if self._journal:
            self._journal.clear()
        self._begin()

    def received(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Show every accepted item, oldest first."""
        return self._received

    def state(self) -> dict[str, Any]:
        """Show the contacts that result, and what was silently not stored."""
        return {"contacts": self._profiles.listed(), "dropped": dict(self._dropped)}

    def counts(self) -> dict[str, int]:
        """Count the accepted items by kind."""
        return {kind: len(entries) for kind, entries in self._received.items()}

    def summary(self, key: str, since: date, until: date) -> dict[str, Any]:
        """
        Show what is held of the contact whose primary key is `key`: empty for nobody.

        Netcore's page cuts off what an activity looks like here: ours is as it was uploaded.
        """
        attributes = self._profiles.attributes(key)
        done = [
            {name: value for name, value in activity.items() if not name.startswith("_")}
            for activity in self._received["activities"]
            if attributes is not None and str(activity.get("identity")) == key
            if since <= datetime.fromisoformat(activity["timestamp"]).date() <= until
        ]
        return {
            "attribute_data": attributes or {},
            "activity_data": done,
            "channel_activity_data": {"email": {"sent": [], "open": [], "clicked": []}},
        }

    def _begin(self) -> None:
        self._received: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        self._dropped: Counter[str] = Counter()
        self._profiles = Profiles(self.primary_key)

    def _apply(self, kind: str, entry: dict[str, Any]) -> None:
        self._received[kind].append(entry)
        match kind:
            case "activities":
                self._profiles.count(entry)
            case "contacts":
                attributes = {k: v for k, v in entry.items() if not k.startswith("_")}
                self._profiles.merge(entry["_primarykey"], attributes)
            case "blacklist":
                self._profiles.block(entry["primarykey"].upper(), entry["id"])
            case "erasures":
                self._profiles.erase(entry["primary_key"])
