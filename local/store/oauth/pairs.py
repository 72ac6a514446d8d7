"""One store's tokens for the app: given out, traded, taken back."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

ACCESS_LASTS = timedelta(hours=1)
REFRESH_LASTS = timedelta(days=90)
CODE_LASTS = timedelta(minutes=1)
SAME_ANSWER = timedelta(hours=1)
"""In the older regime a refresh token gives the same pair for so long."""
UNUSED_LASTS = timedelta(days=30)
"""In the newer regime it does until that pair is used, but no longer than this."""

Regime = Literal["until_used", "one_hour"]
REGIMES: tuple[Regime, ...] = ("until_used", "one_hour")

SCOPES = frozenset(
    {
        *("read_customers", "read_fulfillments", "read_inventory", "read_locations"),
        *("read_orders", "read_products", "write_customers"),
        *("read_customer_events", "write_pixels"),
    }
)
"""What the simulated merchant grants."""


class Refused(Exception):
    """Shopify's `error` word."""


@dataclass
class Pair:
    """An access token and what refreshes it."""

    access: str
    refresh: str
    made_at: datetime
    scopes: frozenset[str]
    used: bool = False
    next: "Pair | None" = None
    ended: bool = False
    """No longer refreshable: a newer grant took its place."""


@dataclass
class Pairs:
    """All tokens of one store; `now` is its clock."""

    now: Callable[[], datetime]
    regime: Regime = "until_used"
    scopes: frozenset[str] = SCOPES
    made: list[dict[str, Any]] = field(default_factory=list)
    """Every grant that was given, oldest first; without the tokens."""
    _codes: dict[str, datetime] = field(default_factory=dict)
    _by_access: dict[str, Pair] = field(default_factory=dict)
    _by_refresh: dict[str, Pair] = field(default_factory=dict)

    def code(self) -> str:
        """The merchant grants access: a code, good for one grant."""
        code = secrets.token_hex(16)
        self._codes[code] = self.now() + CODE_LASTS
        return code

    def by_code(self, code: str) -> dict[str, Any]:
        """Redeem a code."""
        ends = self._codes.pop(code, None)
        if ends is None or self.now() > ends:
            raise Refused("invalid_request")
        return self.granted("code")

    def granted(self, kind: str) -> dict[str, Any]:
        """Begin anew: older refresh tokens end, older access tokens live out their hour."""
        for pair in self._by_refresh.values():
            pair.ended = True
        return self._answer(self._new(kind))

    def by_refresh(self, refresh: str) -> dict[str, Any]:
        """Trade a refresh token; the same request may get the same answer again."""
        pair = self._by_refresh.get(refresh)
        if pair is None or pair.ended or self.now() > pair.made_at + REFRESH_LASTS:
            raise Refused("invalid_grant")
        pair.used = True
        if pair.next is None:
            pair.next = self._new("refresh_token")
        elif not self._repeats(pair.next):
            raise Refused("invalid_grant")
        return self._answer(pair.next)

    def accepts(self, access: str) -> bool:
        """Whether the Admin API takes this token now; taking it is using it."""
        pair = self._by_access.get(access)
        if pair is None or self.now() > pair.made_at + ACCESS_LASTS:
            return False
        pair.used = True
        return True

    def revoke(self) -> None:
        """The merchant removed the app: nothing is accepted any more."""
        self._codes.clear()
        self._by_access.clear()
        self._by_refresh.clear()

    def expire(self) -> None:
        """End all access tokens at once; refresh tokens stay good."""
        self._by_access.clear()

    def _repeats(self, given: Pair) -> bool:
        age = self.now() - given.made_at
        return age <= (SAME_ANSWER if self.regime == "one_hour" else UNUSED_LASTS) and not (
            given.used and self.regime == "until_used"
        )

    def _new(self, kind: str) -> Pair:
        pair = Pair(
            access=f"shpat_cnry_{secrets.token_hex(12)}",
            refresh=f"shprt_cnry_{secrets.token_hex(12)}",
            made_at=self.now(),
            scopes=self.scopes,
        )
        self._by_access[pair.access] = self._by_refresh[pair.refresh] = pair
        self.made.append({"kind": kind, "at": self.now().isoformat()})
        return pair

    def _answer(self, pair: Pair) -> dict[str, Any]:
        return {
            "access_token": pair.access,
            "scope": ",".join(sorted(pair.scopes)),
            "expires_in": int(ACCESS_LASTS.total_seconds()),
            "refresh_token": pair.refresh,
            "refresh_token_expires_in": int(REFRESH_LASTS.total_seconds()),
        }
