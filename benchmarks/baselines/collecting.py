"""What no function that takes events of websites can avoid, with no line more."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from shopbridge.website_tracking.collected import PARAMS

Publish = Callable[[str], object]


def take(request: Mapping[str, Any], key: str, publish: Publish) -> None:
    """
    Read an event, check key, consent and shape, and publish what a queue is told of it.

    Python's own JSON reads and writes, msgspec checks the same types as ours. There is no
    limit of anything, no origin, no pace, no store, no ledger, no name for the event.

    Raises:
        PermissionError: the key or the consent is not there.
    """
    event = json.loads(request["body"])
    if not hmac.compare_digest(event["key"], key) or not all(event["consent"].values()):
        raise PermissionError
    params = msgspec.to_builtins(msgspec.convert(event["params"], PARAMS[event["name"]]))
    told = {
        "store": event["store"],
        "commands": [{"name": event["name"], "at": event["at"], "visitor": event["visitor"],
                      "token": event["checkout_token"], "params": params}],
    }  # fmt: skip
    publish(urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode())
