"""Store profiles for ingest: one item, cached for at most 30 seconds."""

from collections.abc import Callable
from datetime import datetime, timedelta

from shopbridge.aws.dynamodb import DynamoDb
from shopbridge.stores.profile import Profile, load

FRESH = timedelta(seconds=30)


class ProfileReader:
    """Reads compiled profiles; a store that is not there is asked for every time."""

    def __init__(self, dynamodb: DynamoDb, table: str, clock: Callable[[], datetime]) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._clock = clock
        self._cache: dict[str, tuple[datetime, Profile]] = {}

    def get(self, store: str, *, newer_than: datetime | None = None) -> Profile | None:
        """
        Return the store's profile, None for a store that never installed us.

        `newer_than` asks for one that was read after that moment: only such a copy
        can say that something was switched off when it happened.
        """
        read_at, profile = self._cache.get(store, (None, None))
        now = self._clock()
        if read_at is None or now - read_at > FRESH or (newer_than and read_at < newer_than):
            profile = self._read(store)
            if profile is None:
                self._cache.pop(store, None)
                return None
            self._cache[store] = (now, profile)
        return profile

    def _read(self, store: str) -> Profile | None:
        item = self._dynamodb.get_item(self._table, {"store": store}, consistent=True)
        return load(item["profile"]) if item and "profile" in item else None
