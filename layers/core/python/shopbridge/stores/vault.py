"""Seals tokens and Netcore keys with KMS, bound to their store and install."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

FRESH_SECONDS = 300
"""How long an opened secret is reused by a warm function."""

EVERY_INSTALL = 0
"""Epoch of a secret that outlives installs; theirs begin with 1."""


class Vault:
    """One KMS key; what it seals for one store or install opens for no other."""

    def __init__(self, kms: "KMSClient", key_arn: str, clock: Callable[[], float]) -> None:
        self._kms = kms
        self._key_arn = key_arn
        self._clock = clock
        self._opened: dict[tuple[str, int, bytes], tuple[float, str]] = {}

    def seal(self, secret: str, *, store: str, epoch: int) -> bytes:
        """Encrypt `secret` for this install of `store`."""
        return self._kms.encrypt(
            KeyId=self._key_arn,
            Plaintext=secret.encode(),
            EncryptionContext=_context(store, epoch),
        )["CiphertextBlob"]

    def netcore_key(self, store: Store) -> str | None:
        """Open the store's Netcore API key; None before one is saved."""
        return self._open(store.sealed_netcore_key, store)

    def access_token(self, store: Store) -> str | None:
        """Open the store's Admin API token; None before one is saved."""
        return self._open(store.sealed_access_token, store)

    def open(self, sealed: bytes, store: Store) -> str:
        """Open what was sealed for this install of `store`, and remember nothing of it."""
        return self.open_for(sealed, store=store.name, epoch=store.epoch)

    def open_for(self, sealed: bytes, *, store: str, epoch: int) -> str:
        """Open what `seal` made for this `epoch` of `store`, and remember nothing of it."""
        return self._kms.decrypt(
            CiphertextBlob=sealed,
            KeyId=self._key_arn,
            EncryptionContext=_context(store, epoch),
        )["Plaintext"].decode()

    def _open(self, sealed: bytes | None, store: Store) -> str | None:
        if sealed is None:
            return None
        place = (store.name, store.epoch, sealed)
        opened_at, secret = self._opened.get(place, (float("-inf"), ""))
        if self._clock() - opened_at > FRESH_SECONDS:
            secret = self.open(sealed, store)
            self._opened[place] = (self._clock(), secret)
        return secret


def _context(store: str, epoch: int) -> dict[str, str]:
    return {"store": store, "epoch": str(epoch)}
