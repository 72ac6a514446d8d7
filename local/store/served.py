"""A simulated store as a server keeps it: its world, its bucket, what reached it, what comes."""

import copy
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.store.admin.api import AdminApi, Request, throttled
from local.store.admin.bucket import Bucket
from local.store.admin.call import Call
from local.store.bulk.operation import Speed
from local.store.bulk.operations import Operations
from local.store.deliveries import Faults, Plan, plan, planned
from local.store.faults import Faults as AdminFaults
from local.store.life import Happening, happen
from local.store.mischief import again
from local.store.oauth.pairs import Pairs, Regime
from local.store.oauth.signing import CLIENT_ID
from local.store.planned import PlannedDelivery
from local.store.resources import Ref
from local.store.webhooks import CLIENT_SECRET
from local.store.world import World

Now = Callable[[], datetime]

_TWICE = 3
"""Every third webhook that comes by itself comes twice."""

ACCESS_TOKEN = "shpat_local_cnry_token"


def in_fact() -> datetime:
    """Tell the time as it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a store is to the app: its token, the secret it signs with, its plan."""

    token: str = ACCESS_TOKEN
    secret: str = CLIENT_SECRET
    plan: str = "advanced"
    client_id: str = CLIENT_ID
    regime: Regime = "until_used"
    bulk: Speed = field(default_factory=Speed)


class ServedStore:
    """One store; `make` builds its world, `seconds` and `now` are its clocks."""

    def __init__(
        self,
        make: Callable[[], World],
        terms: Terms,
        *,
        seconds: Callable[[], float],
        now: Now = in_fact,
        faults: AdminFaults | None = None,
    ) -> None:
        self.terms = terms
        self._faults = faults or AdminFaults()
        self._make = make
        self._seconds = seconds
        self.now = now
        self.reset()

    def reset(self) -> None:
        """Begin again, as if nobody had ever called."""
        self.world = self._make()
        self.bucket = Bucket(self.terms.plan, self._seconds)
        self.tokens = Pairs(self.now, self.terms.regime)
        self.embeds: set[str] = set()
        """App embeds that are on in the theme, as `<client id>/<block>`."""
        self.mutations: list[dict[str, Any]] = []
        self.queries = 0
        self.bulk = Operations(
            shop=self.domain,
            secret=self.terms.secret,
            now=self.now,
            uuid=self.world.uuid,
            fault=self._faults.due_in_bulk,
            speed=self.terms.bulk,
        )
        self._unheard: list[PlannedDelivery] = []
        self._ahead: list[Happening] = []
        self._step = 0

    @property
    def domain(self) -> str:
        """The store's `*.myshopify.com` domain."""
        return self.world.shop

    def admits(self, token: str) -> bool:
        """Whether the Admin API takes `token`: the fixed one, or one that was granted."""
        return token == self.terms.token or self.tokens.accepts(token)

    def ask(self, api: AdminApi, request: Request, denied: Set[str]) -> dict[str, Any]:
        """Answer an Admin API request and remember it; writes make webhooks, which are kept."""
        self._catch_up()
        self.look()
        call = Call(self.world, self.tokens.scopes, denied, bulk=self.bulk)
        answer = api.answer(request, call, self.bucket)
        self.queries += not call.mutations
        if call.mutations:
            at = self.world.stamp()
            states = self.world.states()
            event = Happening("mutation", self.world.uuid(), at, tuple(call.changes), states)
            echoes = [each.to_json() for each in self.signed(event)]
            self.mutations += [{**each, "at": at, "webhooks": echoes} for each in call.mutations]
        return answer

    def look(self) -> None:
        """Let bulk operations go on until now, and sign the webhooks of those that have ended."""
        self.bulk.look()
        happened, self.bulk.happened = self.bulk.happened, []
        for number, happening in enumerate(happened, 1):
            made = self.signed(happening)
            twice = [again(self.world, each, self.terms.secret) for each in made]
            self._unheard += made + (twice if number % _TWICE == 0 else [])

    def unheard(self) -> list[PlannedDelivery]:
        """Hand out the webhooks that came by themselves, once."""
        self.look()
        made, self._unheard = self._unheard, []
        return made

    def throttled(self) -> dict[str, Any]:
        """Answer as if there were no points left."""
        return throttled(self.bucket, 1)

    def live(
        self, event: str, target: str | None, how: dict[str, Any]
    ) -> tuple[Happening, list[PlannedDelivery]]:
        """Let something happen now; return it with its signed webhooks."""
        self._catch_up()
        happening = happen(self.world, event, target, **how)
        return happening, self.signed(happening)

    def change(self, gid: str, fields: dict[str, Any]) -> None:
        """Write fields of one resource as they are given, and tell nobody."""
        self._catch_up()
        resource = self.world.get(gid)
        links = {n: Ref(v) for n, v in fields.items() if v and isinstance(resource.get(n), Ref)}
        self.world.change(resource, **{**fields, **links})
        resource["updatedAt"] = fields.get("updatedAt", resource["updatedAt"])
        self.world.states()

    def foresee(self, n: int, seed: int, faults: Faults) -> list[PlannedDelivery]:
        """
        Plan a stream of `n` deliveries; the world follows it only as `advance` is told.

        What was left of an earlier stream happens first.
        """
        self.advance(len(self._ahead))
        self._catch_up()
        future = copy.deepcopy(self.world)
        made: Plan = plan(future, n, seed, faults=faults, secret=self.terms.secret)
        self.world.random, self.world.people = future.random, future.people
        self.world.order_number = future.order_number
        self._ahead, self._step = made.happenings, 0
        return made.deliveries

    def advance(self, step: int) -> int:
        """Let the planned stream happen up to `step`; return the step reached."""
        for happening in self._ahead[self._step : step]:
            self.world.apply(happening.states)
        self._step = max(self._step, min(step, len(self._ahead)))
        return self._step

    def signed(self, happening: Happening) -> list[PlannedDelivery]:
        """Sign the webhooks of what happened."""
        return planned(self.world, happening, secret=self.terms.secret)

    def _catch_up(self) -> None:
        self.world.now = max(self.world.now, self.now())
