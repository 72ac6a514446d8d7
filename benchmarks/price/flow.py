"""The demo's stream through the real handlers, each call and each invocation counted."""

import importlib
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec

from benchmarks.price import events
from benchmarks.price.account import Account
from benchmarks.price.bill import prices
from benchmarks.price.counting import Meter, units
from benchmarks.price.output import Output
from local.store.planned import PlannedDelivery
from shopbridge.entry.ingest import Services
from shopbridge.lanes import KINDS

LANES = {**KINDS, "archive": ("delivery",)}
"""Which attributes bring a message into which lane, as `infra.commands` has it."""

LIMITS = {"archive": (60, 500), "lifecycle": (1, 10)}
"""Seconds that a worker waits for more messages, and how many it takes at most."""
USUAL_LIMITS = (1, 100)

RECEIVED_AT_ONCE = 10
"""Messages that SQS hands out, or deletes, in one request."""
CHANGES_PER_MESSAGE = 10
"""Rows that change in the counters' window of 2 s for each message in a worker's of 1 s."""
MOST_CHANGES = 500
ROUNDS = 200
"""How often workers may be run at the end before what is left is called stuck."""

INTAKE, EDGE, QUEUES, LOGS = "topic functions", "API and EventBridge", "SNS and queues", "logs"


COUNTERS: Final = {"ledger": "ledger.counters", "contacts": "consents.counters"}
"""Functions that count, by the table whose stream they follow."""


class Flow:
    """One system in memory, with `batch` messages a second in each lane."""

    def __init__(self, account: Account, meter: Meter, output: Output, batch: int) -> None:
        self._account = account
        self._meter = meter
        self._output = output
        self._batch = batch
        self._lanes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._changes: dict[str, list[dict[str, Any]]] = {table: [] for table in COUNTERS}
        self._random = random.Random(1)
        self._published = 0

    def publish(self, text: str, attributes: frozenset[str]) -> None:
        """Put a message into the lanes whose filters let it through, as SNS does."""
        for lane, any_of in LANES.items():
            if not attributes.isdisjoint(any_of):
                self._published += 1
                self._meter.add("sqs request", units(len(text)), QUEUES)
                self._lanes[lane].append(events.record(lane, f"m-{self._published}", text))

    def deliver(self, planned: PlannedDelivery, services: Services, *, on_bus: bool) -> int:
        """Hand one delivery to its topic's function; return what Shopify is answered."""
        handler = _handler(f"webhooks.{planned.topic.replace('/', '.')}")
        function = msgspec.structs.replace(handler, services=lambda: services)
        if on_bus:
            self._meter.add("partner event", units(len(planned.body)), EDGE)
        else:
            self._meter.add("api request", part=EDGE)
            self._log(prices().assumed["log bytes per request of the API"])
        event = events.from_bus(planned) if on_bus else events.over_https(planned)
        own = _starting(self._random)
        answer = self._invoke(INTAKE, "topic", lambda: function(event, None), own)
        return int(answer["statusCode"]) if answer else HTTPStatus.OK

    def drain(self, *, rest: bool = False) -> None:
        """Let workers take their full batches, at the end (`rest`) also what is left."""
        for _ in range(ROUNDS):
            for name in LANES:
                while len(self._lanes[name]) >= (1 if rest else self._size(name)):
                    self._work(name)
                    if rest and self._lanes[name]:
                        break  # what came back may wait for another lane
            if not any(self._lanes.values()) or not rest:
                break
        else:
            raise RuntimeError(f"stuck: { {k: len(v) for k, v in self._lanes.items() if v} }")
        self._count(rest)

    def _work(self, name: str) -> None:
        batch = self._lanes[name][: self._size(name)]
        del self._lanes[name][: len(batch)]
        handler = _handler(f"delivery.{name.replace('-', '_')}")
        own = prices().assumed["ms of own work per command"] * len(batch)
        event = {"Records": batch}
        answer = self._invoke(f"worker {name}", "worker", lambda: handler(event, None), own)
        failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
        self._lanes[name] += [events.again(one) for one in batch if one["messageId"] in failed]
        self._meter.add("sqs request", _requests(len(batch)), QUEUES)
        self._meter.add("sqs request", _requests(len(batch) - len(failed)), QUEUES)

    def _size(self, name: str) -> int:
        """How many messages gather in the worker's window where `batch` do in a second."""
        seconds, most = LIMITS.get(name, USUAL_LIMITS)
        return min(seconds * self._batch, most)

    def _count(self, rest: bool) -> None:
        most = min(CHANGES_PER_MESSAGE * self._batch, MOST_CHANGES)
        for table, changes in self._changes.items():
            handler = _handler(COUNTERS[table])
            while len(changes) >= (1 if rest else most):
                event = {"shardId": "shard-1", "Records": changes[:most]}
                del changes[:most]
                self._invoke("counters", "worker", lambda: handler(event, None), 0)  # noqa: B023 - called at once

    def _invoke(self, part: str, kind: str, run: Callable[[], Any], own_milliseconds: float) -> Any:
        """Run one invocation and count it: its calls, what changed, its time and its lines."""
        meter, assumed = self._meter, prices().assumed
        meter.part, meter.milliseconds = part, 0.0
        answer = run()
        changes = self._account.changes()
        for table, waiting in self._changes.items():
            waiting.extend(one for one in changes[table] if events.is_counted(table, one))
        own = assumed[f"ms of own work per {kind} invocation"] + own_milliseconds
        memory = assumed["topic function GB" if kind == "topic" else "worker GB"]
        meter.add("lambda request")
        meter.add("lambda GB-second", (meter.milliseconds + own) / 1000 * memory)
        self._log(self._output.taken() + assumed["log bytes per invocation of Lambda's own lines"])
        return answer

    def _log(self, size: float) -> None:
        self._meter.add("log GB", size / 1e9, LOGS)


def _handler(name: str) -> Any:
    return importlib.import_module(f"functions.{name}").handler


def _starting(chance: random.Random) -> float:
    """Milliseconds of a cold start, for the share of invocations that is one."""
    assumed: Mapping[str, Any] = prices().assumed
    cold = chance.random() < assumed["cold share of topic invocations"]
    return float(assumed["ms of cold start"]) if cold else 0.0


def _requests(messages: int) -> int:
    return -(-messages // RECEIVED_AT_ONCE)
