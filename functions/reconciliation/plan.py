"""Once a day: has every active store reconciled, one message each, spread over a quarter hour."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import boto3

from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.reconciling import Plan
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.stores.directory import active

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def stores() -> Iterator[str]:
    """List the stores that the app is installed in."""
    return active(Wiring(Environment()).table("STORES_TABLE"))


@cache
def sqs() -> "SQSClient":
    """Connect to SQS, once while the function is warm."""
    return boto3.client("sqs", config=PATIENCE)


def queue() -> str:
    """Return where stores wait for their turn."""
    return Environment()["RECONCILIATION_QUEUE_URL"]


handler = Plan(stores, sqs, queue)
