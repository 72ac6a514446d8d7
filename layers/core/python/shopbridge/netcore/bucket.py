"""How often a store may call one of Netcore's APIs: a token bucket that all workers share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from shopbridge.conditional import written
from shopbridge.work import Lane

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

Api = Literal["activity", "batch", "blacklist", "form", "upload"]

CALLS_PER_SECOND: dict[Api, float] = {
    "activity": 5.0,
    "batch": 3.0,
    "blacklist": 2.0,
    "form": 1.0,
    "upload": 1.0,
}
"""Netcore documents no limits; these are ours to begin with."""

BURST_SECONDS = 2
SLOWEST = 0.05
RECOVERY_SECONDS = 600
"""How long a rate that was cut needs to grow back by its full default."""

LEFT = 0.5
"""Share of a burst that the history lane leaves to live work."""

PATIENCE_SECONDS = 3.0
"""A wait that a worker sits out; for longer ones its messages go back to the queue."""

CONTENDED_SECONDS = 1.0
"""The wait where others took every token that was read."""

SHORTEST_SECONDS = 0.05
"""Until the history lane looks again: somebody else may have taken what it saw."""

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class State:
    """Tokens at a moment, below zero if taken in advance, and their rate (calls per second)."""

    tokens: float
    rate: float
    at: float

    def later(self, now: float, default: float) -> "State":
        """Let time pass: tokens grow, and a rate that was cut recovers."""
        now = max(now, self.at)  # workers' clocks differ
        elapsed = now - self.at
        rate = min(default, self.rate + default * elapsed / RECOVERY_SECONDS)
        tokens = min(default * BURST_SECONDS, self.tokens + elapsed * rate)
        return State(tokens, rate, now)

    def less(self, tokens: float) -> "State":
        """Return it without so many tokens."""
        return State(self.tokens - tokens, self.rate, self.at)


class Bucket:
    """Token buckets of one store, kept in rows beside its own."""

    def __init__(
        self,
        table: "Table",
        store: str,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], None],
        lane: Lane = "live",
    ) -> None:
        self._table = table
        self._store = store
        self._now = now
        self._sleep = sleep
        self._lane = lane

    def take(self, api: Api) -> float:
        """
        Take a token for one call; return 0, or the seconds after which to try again.

        One that will have grown soon is taken in advance and waited for here: workers queue
        up for their calls, and meanwhile more messages gather for the next one. The history
        lane takes none in advance and leaves half a burst, so that live work finds one at once.
        """
        return self._take_of_rest(api) if self._lane == "history" else self._take(api)

    def _take(self, api: Api) -> float:
        for _ in range(_ATTEMPTS):
            version, state = self._read(api)
            wait = max(0.0, (1 - state.tokens) / state.rate)
            if wait > PATIENCE_SECONDS:
                return wait
            if self._write(api, version, state.less(1)):
                if wait:
                    self._sleep(wait)
                return 0.0
        return CONTENDED_SECONDS

    def _take_of_rest(self, api: Api) -> float:
        """Take what live work leaves, as soon as there is enough."""
        waited = 0.0
        while True:
            version, state = self._read(api)
            wait = max(0.0, (1 + state.rate * BURST_SECONDS * LEFT - state.tokens) / state.rate)
            if not wait and self._write(api, version, state.less(1)):
                return 0.0
            wait = max(wait, SHORTEST_SECONDS)
            waited += wait
            if waited > PATIENCE_SECONDS:
                return wait
            self._sleep(wait)

    def slow_down(self, api: Api) -> None:
        """Halve the rate and empty the bucket: Netcore answered 429."""
        for _ in range(_ATTEMPTS):
            version, state = self._read(api)
            slower = State(min(0.0, state.tokens), max(SLOWEST, state.rate / 2), state.at)
            if self._write(api, version, slower):
                return

    def _read(self, api: Api) -> tuple[int, State]:
        default = CALLS_PER_SECOND[api]
        now = self._now().timestamp()
        item: dict[str, Any] = self._table.get_item(Key=self._key(api), ConsistentRead=True).get(
            "Item", {}
        )
        if not item:
            return 0, State(default * BURST_SECONDS, default, now)
        kept = State(*(float(item[name]) for name in ("tokens", "rate", "at")))
        return int(item["version"]), kept.later(now, default)

    def _write(self, api: Api, version: int, state: State) -> bool:
        fields = {
            name: Decimal(str(round(getattr(state, name), 6))) for name in ("tokens", "rate", "at")
        }
        return written(
            lambda: self._table.put_item(
                Item={**self._key(api), **fields, "version": version + 1},
                ConditionExpression="attribute_not_exists(version) OR version = :version",
                ExpressionAttributeValues={":version": version},
            )
        )

    def _key(self, api: Api) -> dict[str, str]:
        return {"store": f"{self._store}#bucket#{api}"}
