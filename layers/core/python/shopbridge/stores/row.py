"""How a store lies in DynamoDB: the attributes of its row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from shopbridge import times
from shopbridge.shopify import scopes
from shopbridge.stores import profile
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store

TOKENS: Final = frozenset(
    {
        "access_token",
        "refresh_token",
        "token_expires",
        "refresh_expires",
        "scopes",
        "scopes_at",
        "authorised_at",
        "reauthorise_since",
    }
)
"""Attributes that `stores.tokens` writes by itself; saving settings leaves them alone."""


def item(store: Store) -> dict[str, Any]:
    """Write `store` as a row; what it lacks is left out."""
    return {name: value for name, value in _attributes(store).items() if value is not None}


def settled(store: Store) -> dict[str, Any]:
    """Return all attributes but key and tokens, also those that `store` lacks (None)."""
    return {
        name: value
        for name, value in _attributes(store).items()
        if name != "store" and name not in TOKENS
    }


def tokens(store: Store) -> dict[str, Any]:
    """Return the attributes of the tokens, also those that `store` lacks (None)."""
    return {name: value for name, value in _attributes(store).items() if name in TOKENS}


def update(attributes: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any], str]:
    """Return names, values and expression of an update that sets or removes `attributes`."""
    names = {f"#{name}": name for name in attributes}
    values = {f":{name}": value for name, value in attributes.items() if value is not None}
    sets = ", ".join(f"#{name} = :{name}" for name in attributes if f":{name}" in values)
    removes = ", ".join(f"#{name}" for name in attributes if f":{name}" not in values)
    parts = [f"SET {sets}" if sets else "", f"REMOVE {removes}" if removes else ""]
    return names, values, " ".join(filter(None, parts))


def store(item: Mapping[str, Any]) -> Store:
    """Read a row."""
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
        sealed_refresh_token=_bytes(item.get("refresh_token")),
        token_expires_at=_time(item.get("token_expires")),
        refresh_expires_at=_time(item.get("refresh_expires")),
        scopes=scopes.parse(item["scopes"]) if "scopes" in item else None,
        scopes_at=_time(item.get("scopes_at")),
        authorised_at=_time(item.get("authorised_at")),
        reauthorise_since=_time(item.get("reauthorise_since")),
        uninstalled_at=_time(item.get("uninstalled_at")),
    )


def _attributes(store: Store) -> dict[str, Any]:
    return {
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
        "refresh_token": store.sealed_refresh_token,
        "token_expires": _text(store.token_expires_at),
        "refresh_expires": _text(store.refresh_expires_at),
        "scopes": None if store.scopes is None else scopes.text(store.scopes),
        "scopes_at": _text(store.scopes_at),
        "authorised_at": _text(store.authorised_at),
        "reauthorise_since": _text(store.reauthorise_since),
        "uninstalled_at": _text(store.uninstalled_at),
    }


def _text(at: datetime | None) -> str | None:
    return times.text(at) if at else None


def _time(written: str | None) -> datetime | None:
    return times.parse(written) if written else None


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
