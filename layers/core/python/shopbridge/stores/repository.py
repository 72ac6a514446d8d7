"""The row of one store in DynamoDB."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from shopbridge import times
from shopbridge.conditional import written, written_with
from shopbridge.errors import StoreConflict
from shopbridge.stores import row
from shopbridge.stores.changes import COMMAND_LINE, NETCORE_KEY, Change, between
from shopbridge.stores.changes import row as changes_row
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile
from shopbridge.stores.row import update
from shopbridge.stores.sealed import SealedTokens, with_tokens, without_secrets
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Status, Store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class StoreRepository:
    """Reads and writes one store; built for it, it cannot reach another's row."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def get(self) -> Store | None:
        """Return the store as it is now, None if it never installed us."""
        item = self._table.get_item(Key={"store": self._store}, ConsistentRead=True).get("Item")
        return row.store(item) if item else None

    def install(
        self,
        installed_at: datetime,
        sealed_access_token: bytes | None = None,
        tokens: SealedTokens | None = None,
    ) -> Store:
        """
        Begin a new epoch of the store: settings stay, everything else starts anew.

        Raises:
            StoreConflict: somebody saved meanwhile, or `tokens` are sealed for another epoch.
        """
        before = self.get()
        epoch = before.epoch + 1 if before else 1
        if tokens and tokens.epoch != epoch:
            raise StoreConflict(f"{self._store} was installed by somebody else")
        settings = before.settings if before else Settings()
        base = Profile(store=self._store, epoch=epoch, installed_at=installed_at)
        store = Store(
            name=self._store,
            version=(before.version if before else 0) + 1,
            epoch=epoch,
            installed_at=installed_at,
            status="installed",
            settings=settings,
            profile=compiled(settings, base, installed_at, first=True),
            sealed_access_token=sealed_access_token,
            authorised_at=installed_at,
        )
        if tokens:
            store = with_tokens(store, tokens, installed_at)
        self._put(store, over=before)
        return store

    def save(
        self,
        before: Store,
        settings: Settings,
        now: datetime,
        by: str = COMMAND_LINE,
        netcore_key: bytes | None = None,
    ) -> Store:
        """
        Write new settings over the ones that `before` holds; return the store.

        A sealed `netcore_key` replaces the old one and closes the circuit. Who changed
        what goes into the change log, with the same write.

        Raises:
            StoreConflict: somebody saved since `before` was read.
        """
        what = between(before.settings, settings)
        changes: dict[str, Any] = {"settings": settings}
        if netcore_key:
            what = (*what, NETCORE_KEY)
            changes |= {"sealed_netcore_key": netcore_key, "circuit": None}
        first = before.status == "installed"
        changes["profile"] = compiled(settings, before.profile, now, first=first)
        return self._replace(before, Change(now, by, what), **changes)

    def set_status(self, before: Store, status: Status, change: Change | None = None) -> Store:
        """Enable, pause or retire the store; `change` goes into its log."""
        return self._replace(before, change, status=status)

    def save_netcore_key(self, before: Store, sealed: bytes, change: Change | None = None) -> Store:
        """Take a new Netcore key; the circuit that an old one opened closes."""
        return self._replace(before, change, sealed_netcore_key=sealed, circuit=None)

    def describe(self, before: Store, shop: Mapping[str, str]) -> Store:
        """Note what the merchant calls the store."""
        return self._replace(before, shop=shop)

    def open_circuit(self, before: Store, reason: str) -> None:
        """
        Stop sending to Netcore for this store; no settings are touched.

        Nothing happens where the store was saved since `before` was read: what failed
        may be mended by now, and fails again if it is not.
        """
        written(
            lambda: self._table.update_item(
                Key={"store": self._store},
                UpdateExpression="SET circuit = :reason",
                ConditionExpression="version = :version",
                ExpressionAttributeValues={":reason": reason, ":version": before.version},
            )
        )

    def uninstall(self, before: Store, at: datetime) -> Store:
        """
        Retire the store: its tokens and its Netcore key are gone with this write.

        Raises:
            StoreConflict: it was saved or authorised again since `before` was read.
        """
        after = replace(
            without_secrets(before),
            version=before.version + 1,
            status="uninstalled",
            uninstalled_at=at,
        )
        self._put(after, over=before, also=_authorised_as(before))
        return after

    def forget(self, before: Store, at: datetime) -> Store:
        """
        Leave of a store that left, by `at`, nothing but its name, its epoch and when it left.

        Raises:
            StoreConflict: it was saved or authorised again since `before` was read.
        """
        after = replace(
            without_secrets(before),
            version=before.version + 1,
            status="uninstalled",
            uninstalled_at=before.uninstalled_at or at,
            settings=Settings(),
            profile=Profile(
                store=before.name, epoch=before.epoch, installed_at=before.installed_at
            ),
            shop={},
            circuit=None,
            scopes=None,
            scopes_at=None,
            reauthorise_since=None,
        )
        self._put(after, over=before, also=_authorised_as(before))
        return after

    def _replace(self, before: Store, change: Change | None = None, **changes: Any) -> Store:
        """
        Write all but the tokens, which are refreshed without a new version.

        Raises:
            StoreConflict: somebody saved since `before` was read.
        """
        after = replace(before, **changes, version=before.version + 1)
        names, values, expression = update(row.settled(after))
        request: dict[str, Any] = {
            "Key": {"store": self._store},
            "UpdateExpression": expression,
            "ConditionExpression": "#version = :before",
            "ExpressionAttributeNames": {**names, "#version": "version"},
            "ExpressionAttributeValues": {**values, ":before": before.version},
        }
        if change and change.what:
            beside = changes_row(self._store, after.version, change)
            done = written_with(self._table, request, beside)
        else:
            done = written(lambda: self._table.update_item(**request))
        if not done:
            raise StoreConflict(f"{self._store} was changed by somebody else")
        return after

    def _put(self, store: Store, *, over: Store | None, also: Any = None) -> None:
        unchanged: Any = Attr("version").eq(over.version) if over else Attr("store").not_exists()
        if also is not None:
            unchanged = unchanged & also
        item = row.item(store)
        if not written(lambda: self._table.put_item(Item=item, ConditionExpression=unchanged)):
            raise StoreConflict(f"{store.name} was changed by somebody else")


def _authorised_as(before: Store) -> Any:
    """Write the condition that the merchant has not granted access anew."""
    authorised, since = Attr("authorised_at"), before.authorised_at
    return authorised.eq(times.text(since)) if since else authorised.not_exists()
