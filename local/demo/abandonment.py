"""Lets an hour and more pass for the checkouts that nobody completed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from local.processes import NotServing

AHEAD = timedelta(hours=2)
"""Longer than any delay that the demo's merchant chose."""


def look_ahead(lambda_: Any, sweep: str) -> int:
    """
    Have the function `sweep` look as if two hours had passed; return how many it told.

    Raises:
        NotServing: the function failed.
    """
    event = {"until": (datetime.now(UTC) + AHEAD).isoformat()}
    answer = lambda_.invoke(FunctionName=sweep, Payload=json.dumps(event).encode())
    told = json.loads(answer["Payload"].read() or b"{}")
    if "FunctionError" in answer:
        raise NotServing(f"{sweep} fails: {told.get('errorType', '')}")
    return int(told.get("told", 0))
