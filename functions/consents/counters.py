"""Counts per store and day who is subscribed to e-mail, from the contacts' stream."""

from functools import cache

import boto3

from shopbridge.consents.counters import ConsentCounters
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.stream import Stream
from shopbridge.environment import Environment


@cache
def counters() -> ConsentCounters:
    """Build the counters once per warm function."""
    dynamodb = boto3.resource("dynamodb", config=PATIENCE)
    return ConsentCounters(dynamodb.Table(Environment()["LEDGER_TABLE"]))


handler = Stream(counters)
