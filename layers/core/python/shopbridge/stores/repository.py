"""The row of one store in DynamoDB."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from shopbridge import times
from shopbridge.conditional import written
from shopbridge.errors import StoreConflict
from shopbridge.stores import profile
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile
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
        return _store(item) if item else None

    def install(self, installed_at: datetime, sealed_access_token: bytes | None = None) -> Store:
        """Begin a new epoch of the store: settings stay, everything else starts anew."""
        before = self.get()
        epoch = before.epoch + 1 if before else 1
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
        )
        self._put(store, over=before)
        return store

    def save(self, before: Store, settings: Settings, now: datetime) -> Store:
        """
        Write new settings over the ones that `before` holds; return the store.

        Raises:
            StoreConflict: somebody saved since `before` was read.
        """
        first = before.status == "installed"
        return self._replace(
            before,
            settings=settings,
            profile=compiled(settings, before.profile, now, first=first),
        )

    def set_status(self, before: Store, status: Status) -> Store:
        """Enable, pause or retire the store."""
        return self._replace(before, status=status)

    def save_netcore_key(self, before: Store, sealed: bytes) -> Store:
        """Take a new Netcore key; the circuit that an old one opened closes."""
        return self._replace(before, sealed_netcore_key=sealed, circuit=None)

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

    def _replace(self, before: Store, **changes: Any) -> Store:
        fields = {name: getattr(before, name) for name in Store.__slots__}
        after = Store(**{**fields, **changes, "version": before.version + 1})
        self._put(after, over=before)
        return after

    def _put(self, store: Store, *, over: Store | None) -> None:
        unchanged = Attr("version").eq(over.version) if over else Attr("store").not_exists()
        item = _item(store)
        if not written(lambda: self._table.put_item(Item=item, ConditionExpression=unchanged)):
            raise StoreConflict(f"{store.name} was changed by somebody else")


def _item(store: Store) -> dict[str, Any]:
    item = {
        "store": store.name,
        "version": store.version,
        "epoch": store.epoch,
        "installed_at": times.text(store.installed_at),
        "status": store.status,
        "settings": store.settings.model_dump_json(exclude_defaults=True),
        "profile": profile.dump(store.profile),
        "shop": dict(store.shop),
        "circuit": store.circuit,
        "netcore_key": store.sealed_netcore_key,
        "access_token": store.sealed_access_token,
    }
    return {name: value for name, value in item.items() if value is not None}


def _store(item: dict[str, Any]) -> Store:
    return Store(
        name=item["store"],
        version=int(item["version"]),
        epoch=int(item["epoch"]),
        installed_at=times.parse(item["installed_at"]),
        status=item["status"],
        settings=Settings.model_validate_json(item["settings"]),
        profile=profile.load(item["profile"]),
        shop=item.get("shop", {}),
        circuit=item.get("circuit"),
        sealed_netcore_key=_bytes(item.get("netcore_key")),
        sealed_access_token=_bytes(item.get("access_token")),
    )


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
