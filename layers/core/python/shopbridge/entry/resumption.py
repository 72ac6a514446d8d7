"""
Sends on, in a function of its own, what waited for a store's install or authorisation.

It may be a lot, so nobody waits for it: the function is invoked asynchronously. Lambda
runs it again where it fails or time is up; rows change last, so it goes on where it was.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

import boto3
from aws_lambda_powertools import Logger

from shopbridge import reasons
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.shopify_wiring import now
from shopbridge.environment import Environment
from shopbridge.errors import Unavailable
from shopbridge.ledger.reader import Ledger
from shopbridge.outbox import Outbox
from shopbridge.parked.again import Again
from shopbridge.parked.listing import Parked
from shopbridge.parked.resume import Resume, Resumed
from shopbridge.passing import AWS_FAILURES
from shopbridge.station import trouble
from shopbridge.station.shift import Shift

logger = Logger()

AWAITED: Final = (reasons.STORE_UNKNOWN, reasons.REAUTHORISE, reasons.SCOPE_MISSING)
"""What an install or a new authorisation puts an end to."""


class ResumeLater(Protocol):
    """Has sent on what waits for a store: for what an install ends, or for these reasons."""

    def __call__(self, store: str, *ended: str) -> None:
        """Ask for it; nobody waits."""


PARKED_BY_NOW: Final = 10.0
"""Seconds after which a delivery that met no store has been parked: its function ends within 4."""


class NotAllResumed(Unavailable):
    """Time is up, or something could not be sent on: Lambda tries again."""


@dataclass(frozen=True)
class Resumption:
    """
    The function that sends on; its event is `{"store": name}` after an install.

    After a save it also names the `reasons` that have ended.
    """

    resume: Callable[[], Resume]
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, int]:
        """
        Send on what waits for the store.

        Raises:
            NotAllResumed: some of it still waits.
        """
        shift = Shift()
        shift.begin(now(), context)
        store, ended = str(event["store"]), Counter[bool]()
        for one in self._waiting(store, event.get("reasons")):
            ended[not one.problem] += 1
            if shift.is_late(now()):
                raise NotAllResumed("no time left")
        logger.info("resumed", extra={"shop": store, "count": ended[True], "stuck": ended[False]})
        if ended[False]:
            raise NotAllResumed(f"{ended[False]} still wait")
        return {"resumed": ended[True]}

    def _waiting(self, store: str, ended: Sequence[str] | None) -> Iterator[Resumed]:
        """Yield what waits now, then what was just being parked while the store was written."""
        resume = self.resume()
        for reason in ended or AWAITED:
            yield from resume.reason(store, reason)
        self.sleep(PARKED_BY_NOW)
        for reason in ended or [reasons.STORE_UNKNOWN]:
            yield from resume.reason(store, reason)


def resume_later(environment: Environment) -> ResumeLater:
    """Return what invokes the function that `environment` names."""
    return partial(_invoke, boto3.client("lambda", config=PATIENCE), environment)


def _invoke(lambda_: Any, environment: Environment, store: str, *ended: str) -> None:
    """Where this fails the store is installed or saved all the same; what waits stays listed."""
    event = {"store": store, **({"reasons": ended} if ended else {})}
    try:
        lambda_.invoke(
            FunctionName=environment["RESUME_FUNCTION"],
            InvocationType="Event",
            Payload=json.dumps(event).encode(),
        )
    except AWS_FAILURES as exc:
        trouble.tell("not resumed", exc, shop=store)


def wired(environment: Environment) -> Resume:
    """Wire what sends on."""
    dynamodb = boto3.resource("dynamodb", config=PATIENCE)
    ledger = dynamodb.Table(environment["LEDGER_TABLE"])
    s3 = boto3.client("s3", config=PATIENCE)
    ssm = boto3.client("ssm", config=PATIENCE)
    told = ssm.get_parameter(Name=environment["TOPICS_PARAMETER"])["Parameter"]["Value"]
    return Resume(
        parked=Parked(Ledger(ledger), s3, environment["KEPT_BUCKET"]),
        ledger=ledger,
        outbox=Outbox(boto3.client("sns", config=PATIENCE), environment["COMMANDS_TOPIC_ARN"]),
        again=Again(boto3.client("lambda", config=PATIENCE), json.loads(told)),
    )
