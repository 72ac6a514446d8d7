"""Starts what the demo's stream will meet, as a deployment in use has it running."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from local.processes import NotServing

AT_ONCE = 2
"""Functions that start at the same time; more would only wait for the processor."""

NOTHING = json.dumps({"Records": []}).encode()
"""A batch without messages to a worker, and to a topic's function a request nobody signed."""

Tell = Callable[[int, int], None]


def warm(lambda_: Any, topics: Iterable[str], tell: Tell) -> None:
    """
    Invoke the functions of `topics`, and all that are fed by a queue or stream.

    `tell` hears how many of how many calls are answered. What is fed is started twice,
    side by side: as many run on a lane.

    Raises:
        NotServing: a function failed.
    """
    pages = lambda_.get_paginator("list_event_source_mappings").paginate()
    fed = {each["FunctionArn"] for page in pages for each in page["EventSourceMappings"]}
    names = [*topics, *(name for name in sorted(fed) for _ in range(AT_ONCE))]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = threads.map(lambda name: _invoke(lambda_, name), names)
        for answered, failed in enumerate(answers, start=1):
            if failed:
                raise NotServing(failed)
            tell(answered, len(names))


def _invoke(lambda_: Any, name: str) -> str:
    """Return what is wrong with the function `name`, empty where it answers."""
    answer = lambda_.invoke(FunctionName=name, Payload=NOTHING)
    if "FunctionError" not in answer:
        return ""
    return f"{name} fails: {json.loads(answer['Payload'].read()).get('errorType', '')}"
