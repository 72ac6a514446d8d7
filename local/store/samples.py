"""One body of each topic, as a store that has been open for a while would send it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from local.store.life.days import opening
from local.store.life.history import new_world


class UnknownTopic(Exception):
    """No simulated store ever sends this topic."""


def sample(topic: str, *, seed: int = 1, start: datetime | None = None) -> Mapping[str, Any]:
    """
    Return the first body of `topic` in a made-up day; times are around `start`, or now.

    Raises:
        UnknownTopic: nothing that happens in a store makes such a webhook here.
    """
    world = new_world(seed=seed, start=start)
    for happening in opening(world):
        for change in happening.changes:
            if change.topic == topic:
                return change.body
    raise UnknownTopic(topic)
