"""Counts per hour, store and topic what the ledger's rows became, from the ledger's stream."""

from functools import cache

import boto3

from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.stream import Stream
from shopbridge.environment import Environment
from shopbridge.ledger.counters import Counters


@cache
def counters() -> Counters:
    """Build the counters once per warm function."""
    dynamodb = boto3.resource("dynamodb", config=PATIENCE)
    return Counters(dynamodb.Table(Environment()["LEDGER_TABLE"]))


handler = Stream(counters)
