"""
What reaches Netcore when, with and without a historic sync in flight: our workers on one clock.

Lanes, workers, token buckets, tasks and both simulators are the real ones; time passes by
`turns` only, for each call on AWS, Shopify and Netcore as the price list assumes it. So the
machine does not count: what is measured is who waits for whom.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from benchmarks.history.turns import Turns
from benchmarks.history.whole import BATCH, Past, Quick
from benchmarks.price.bill import prices
from shopbridge.commands import Command, Identity, RecordActivity, RefreshContact
from shopbridge.historic_sync.run import Run
from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.pipeline.lane import Lane
from tests.integration.pipeline.watched import Steps

WINDOW_SECONDS = 1.0
"""How long Lambda gathers messages before it calls a worker."""
LOOK_SECONDS = 0.1
"""Between two looks of Lambda at a queue, and of a run's messages on their way to one."""
AT_ONCE = {"activities": (10, 5), "contacts": (10, 5), "catalogue": (4, 2)}
"""How many of each worker run at once on its live lane, and on its history lane."""
OUTSIDE = ("netcore", "shopify", "google")
AWS = {"s3": "s3", "sqs": "sqs"}
"""Which price line a call belongs to; all others are DynamoDB's."""


@dataclass
class Slow(Steps):
    """Lets each call take its time; notes when Netcore has what is live."""

    clock: Turns = field(default_factory=Turns)
    arrived: dict[str, float] = field(default_factory=dict)

    def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
        """Make one call."""
        service = name.partition(".")[0]
        line = "outside" if service in OUTSIDE else AWS.get(service, "dynamodb")
        self.clock.sleep(prices().assumed["ms per call"][line] / 1000)
        answer = method(*args, **kwargs)
        for one in _told(name, args):
            self.arrived.setdefault(one, self.clock.seconds())
        return answer


def _told(name: str, args: Any) -> list[str]:
    """Name what is live in a call on Netcore."""
    if name == "netcore.upload_activities":
        found = (str(one["activity_params"].get("orderid", "")) for one in args[0])
    elif name == "netcore.add_contacts":
        found = (str(one.get("FIRSTNAME", "")) for one in args[0])
    else:
        return []
    return [one for one in found if one.startswith("live")]


@dataclass(frozen=True)
class Scene:
    """What is to be lived through."""

    customers: int = 2_000
    orders: int = 2_000
    products: int = 200
    events: int = 120
    seconds_between: float = 0.5
    pace: float | None = None
    """Calls a second that Netcore has cut each API to; None: our own."""


class Street(Past):
    """A store whose live events and past go to Netcore side by side."""

    def __init__(self, cloud: Cloud, scene: Scene) -> None:
        self.turns = Turns()
        super().__init__(cloud, scene.customers, scene.orders, scene.products, self.turns)
        self.scene = scene
        self.slow = Slow(clock=self.turns)
        self.sent: dict[str, float] = {}
        self.going = {"live"}
        self.lanes = {
            lane: Lane(self.turns) for name in AT_ONCE for lane in (name, f"{name}-history")
        }
        if scene.pace:
            self._cut(scene.pace)

    def live(self, *, beside: bool) -> dict[str, float]:
        """Live through it; return the delay in seconds of each event that came meanwhile."""
        run = self.start("pages") if beside else None
        ended: list[float] = []
        if run:
            self.going.add("past")
            self.turns.begin(lambda: self._past(run, ended))
            self.turns.begin(self._carry)
        self.turns.begin(self._happen)
        for name, at_once in AT_ONCE.items():
            for lane, slots in zip((name, f"{name}-history"), at_once, strict=True):
                for _ in range(slots):
                    self.turns.begin(self._slot(name, lane))
        self.turns.run()
        until = ended[0] if ended else float("inf")
        if beside and self.latest().state != "COMPLETE":
            raise RuntimeError(f"the run is {self.latest().state}")
        return {one: self.slow.arrived[one] - at for one, at in self.sent.items() if at < until}

    def task(
        self, name: str, run: Run, watched: Steps | None = None, **told: Any
    ) -> dict[str, Any]:
        """Let one task work, whose calls take their time."""
        return super().task(name, run, watched or self.slow, **told)

    def _past(self, run: Run, ended: list[float]) -> None:
        self.work = lambda: None  # the workers have turns of their own
        self.follow(run)
        ended.append(self.turns.seconds())
        self.going.remove("past")

    def _carry(self) -> None:
        """Bring what the run has sent to its lanes."""
        while "past" in self.going:
            for lane in ("contacts-history", "activities-history", "catalogue-history"):
                self.lanes[lane].put(self.cloud.take(lane, self.name))
            self.turns.sleep(LOOK_SECONDS)

    def _happen(self) -> None:
        """Let customers buy and change, one after the other."""
        buyers = [one["id"] for one in self.world.all("Customer")][: self.scene.events]
        for number, gid in enumerate(buyers):
            self.world.get(gid).update(firstName=f"live contact {number}")
            customer = gid.rpartition("/")[2]
            bought = RecordActivity(
                "Product Purchase",
                f"order#live{number}",
                Identity(customer_id=customer),
                {"orderid": f"live activity {number}", "amount": "10.00"},
                self.clock.now(),
            )
            self._send("activities", f"live activity {number}", bought)
            self._send("contacts", f"live contact {number}", RefreshContact(customer))
            self.turns.sleep(self.scene.seconds_between)
        while len(self.slow.arrived) < len(self.sent):
            self.turns.sleep(LOOK_SECONDS)
        self.going.remove("live")

    def _send(self, lane: str, name: str, command: Command) -> None:
        self.lane = self.lanes[lane]
        self.send(command)
        self.sent[name] = self.turns.seconds()

    def _slot(self, worker: str, name: str) -> Callable[[], None]:
        """Return one of the functions that may run at once on a lane."""
        lane = self.lanes[name]
        self.lane = lane  # what a worker hides its messages in
        handler = STARTS[worker](self)

        def serve() -> None:
            while self.going:
                if any(one.visible_at <= self.turns.seconds() for one in lane.messages):
                    self.turns.sleep(WINDOW_SECONDS)
                    lane.run(handler, batch=BATCH)
                else:
                    self.turns.sleep(LOOK_SECONDS)

        return serve

    def _cut(self, pace: float) -> None:
        """Let Netcore have answered 429 until so many calls a second were left."""
        at = Decimal(str(self.turns.seconds()))
        for api in ("activity", "batch"):
            row: dict[str, Any] = {"store": f"{self.name}#bucket#{api}", "version": 1, "at": at}
            row |= {"tokens": Decimal(0), "rate": Decimal(str(pace))}
            self.cloud.table("stores").put_item(Item=row)


STARTS: dict[str, Callable[[Street], Any]] = {
    "activities": lambda street: street.worker(street.slow),
    "contacts": lambda street: street.contacts_worker(street.slow),
    "catalogue": lambda street: street.catalogue_worker(street.slow),
}
"""What starts each worker."""


def delays(scene: Scene, *, beside: bool) -> dict[str, float]:
    """Live through `scene`, with the past beside it or without."""
    with started() as moto:
        parts = {each.name: getattr(moto, each.name) for each in fields(Cloud)}
        return Street(Quick(**parts), scene).live(beside=beside)


def main() -> None:
    """Live through each scene twice, and print all delays."""
    told = {}
    for name, scene in (("at our pace", Scene()), ("cut to one call a second", Scene(pace=1))):
        beside = delays(scene, beside=True)
        alone = {one: at for one, at in delays(scene, beside=False).items() if one in beside}
        told[name] = {
            kind: {
                "alone": [at for one, at in alone.items() if kind in one],
                "beside": [at for one, at in beside.items() if kind in one],
            }
            for kind in ("activity", "contact")
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
