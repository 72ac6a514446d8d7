"""A realistic stream of deliveries: some late, twice, out of order, forged or broken."""

import math
from dataclasses import asdict, dataclass
from datetime import datetime

from local.store.life import Happening, happen
from local.store.life.days import day
from local.store.mischief import MISCHIEF
from local.store.planned import PlannedDelivery
from local.store.webhooks import CLIENT_SECRET, webhook
from local.store.world import World

_LARGEST = 13
"""Webhooks of the richest happening: a guest buys three things and subscribes."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Which shares of a stream are not plain first deliveries; names are kinds of delivery."""

    duplicate: float = 0.06
    retry: float = 0.03
    twin: float = 0.02
    forged: float = 0.02
    broken: float = 0.015
    unknown_shop: float = 0.01


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a stream: its odd deliveries, and how far its order is disturbed."""

    shares: Shares = Shares()
    reordered: float = 0.25
    window: int = 12

    @classmethod
    def none(cls) -> "Faults":
        """Each delivery once, in the order in which things happened."""
        return cls(Shares(0, 0, 0, 0, 0, 0), 0, 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Deliveries in the order to send them, and what had happened up to each step."""

    deliveries: list[PlannedDelivery]
    happenings: list[Happening]


def stream(  # noqa: PLR0913 - the stream's whole recipe
    world: World,
    n: int,
    seed: int,
    *,
    faults: Faults | None = None,
    secret: str = CLIENT_SECRET,
    start: datetime | None = None,
) -> list[PlannedDelivery]:
    """Live on until there are `n` deliveries, and return them in the order to send them."""
    return plan(world, n, seed, faults=faults, secret=secret, start=start).deliveries


def plan(  # noqa: PLR0913 - the stream's whole recipe
    world: World,
    n: int,
    seed: int,
    *,
    faults: Faults | None = None,
    secret: str = CLIENT_SECRET,
    start: datetime | None = None,
) -> Plan:
    """
    Do as `stream` does, and also tell what happened.

    The clock starts at `start` if that is later than the world's own. All webhooks of
    everything that happens are in the stream: nothing has to be learned in another way.
    """
    faults = faults or Faults()
    world.random.seed(seed)
    world.now = max(world.now, start or world.now)
    odd = {kind: math.floor(n * share) for kind, share in asdict(faults.shares).items()}
    happenings, fresh = _live(world, n - sum(odd.values()), secret)
    placed = [(_place(world, i, faults), each) for i, each in enumerate(fresh)]
    for kind, number in odd.items():
        make, least, spread = MISCHIEF[kind]
        for place, each in world.random.choices(placed[: len(fresh)], k=number):
            later = place + least + world.random.uniform(0, spread)
            placed.append((later, make(world, each, secret)))
    placed.sort(key=lambda each: each[0])
    return Plan([each for _, each in placed], happenings)


def planned(
    world: World, happening: Happening, step: int = 0, secret: str = CLIENT_SECRET
) -> list[PlannedDelivery]:
    """Sign the webhooks of one happening, in the order in which Shopify made them."""
    made = []
    for change in happening.changes:
        webhook_id = world.uuid()
        signed = webhook(change, happening, webhook_id, shop=world.shop, secret=secret)
        made.append(
            PlannedDelivery(
                kind="fresh",
                topic=change.topic,
                shop=world.shop,
                headers=signed.headers,
                body=signed.body,
                expected_status=200,
                event_id=happening.event_id,
                webhook_id=webhook_id,
                step=step,
                resource=change.resource,
            )
        )
    return made


def _live(world: World, n: int, secret: str) -> tuple[list[Happening], list[PlannedDelivery]]:
    happenings: list[Happening] = []
    fresh: list[PlannedDelivery] = []
    ordinary = day(world)
    while len(fresh) < n:
        small = n - len(fresh) < _LARGEST
        happening = happen(world, _smallest(world)) if small else next(ordinary)
        if happening.changes:
            happenings.append(happening)
            fresh += planned(world, happening, len(happenings), secret)
    return happenings, fresh


def _smallest(world: World) -> str:
    return world.random.choice(("register", "start_checkout"))


def _place(world: World, index: int, faults: Faults) -> float:
    late = world.random.random() < faults.reordered
    return index + world.random.uniform(0, faults.window) if late else index
