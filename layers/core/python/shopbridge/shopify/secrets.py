"""The app's client secrets: one, or two while the merchant's key is being rotated."""

from collections.abc import Callable, Sequence
from typing import Final

from shopbridge.errors import SecretsUnavailable, ShopbridgeError

FRESH_SECONDS: Final = 300
"""How long a copy is used without asking."""
ASK_AGAIN_SECONDS: Final = 30
"""How often a mismatch, or an old copy, may ask at most."""
LAST_GOOD_SECONDS: Final = 900
"""How long an old copy serves while Parameter Store is down."""

Fetch = Callable[[], Sequence[str]]
Clock = Callable[[], float]


class ClientSecrets:
    """A cached copy of the secrets; `fetch` reads them, `clock` gives seconds."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._secrets: tuple[str, ...] = ()
        self._read_at = float("-inf")
        self._asked_at = float("-inf")

    def current(self) -> tuple[str, ...]:
        """
        Return the secrets, newest first, read again after five minutes.

        Raises:
            SecretsUnavailable: they cannot be read and the last copy is too old.
        """
        age = self._clock() - self._read_at
        if age > LAST_GOOD_SECONDS or (age > FRESH_SECONDS and self._may_ask()):
            self._read()
        return self._secrets

    def after_mismatch(self) -> tuple[str, ...]:
        """Return secrets that may be newer; asks at most every 30 seconds."""
        if self._may_ask():
            self._read()
        return self._secrets

    def _may_ask(self) -> bool:
        return self._clock() - self._asked_at > ASK_AGAIN_SECONDS

    def _read(self) -> None:
        self._asked_at = self._clock()
        try:
            self._secrets = _usable(self._fetch())
        except ShopbridgeError as exc:
            if self._asked_at - self._read_at > LAST_GOOD_SECONDS:
                raise SecretsUnavailable("the client secrets cannot be read") from exc
        else:
            self._read_at = self._asked_at


def _usable(secrets: Sequence[str]) -> tuple[str, ...]:
    """
    Refuse what would accept forgeries (an empty secret) or refuse everybody (none).

    Raises:
        SecretsUnavailable: the parameter holds no secret.
    """
    if not secrets or not all(secrets):
        raise SecretsUnavailable("the parameter with the client secrets holds none")
    return tuple(secrets)
