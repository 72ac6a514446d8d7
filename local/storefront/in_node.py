"""Runs the snippet and the web pixel in Node, for a visit without a browser."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from local.storefront.build import PIXEL, build, node
from local.storefront.checkout import init
from local.storefront.snippet import script

PROGRAM: Final = Path(__file__).with_name("visit.mjs")
SECONDS: Final = 60

Call = tuple[str, Mapping[str, Any], Mapping[str, str]]
"""Arguments of the snippet's `track`: name, parameters, tokens."""

Event = Mapping[str, Any]
"""As Shopify's pixel manager publishes it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one event was answered."""

    name: str
    status: int


@dataclass(frozen=True, slots=True)
class Headless:
    """A headless storefront of `store` at `origin`, whose checkout is Shopify's."""

    store: str
    origin: str
    reach: str
    """Where `/collect` is reached from here."""

    def visit(
        self,
        calls: Sequence[Call],
        settings: Mapping[str, str],
        events: Sequence[Mapping[str, Any]],
    ) -> tuple[Answer, ...]:
        """
        Make `calls` of the snippet, then publish `events` to the pixel; return each answer.

        `settings` are the pixel's as Shopify holds them. Their endpoint is the API's own
        name, which the local run makes known to browsers alone.
        """
        build()
        told = {
            "origin": self.origin,
            "snippet": script(self.store, settings["endpoint"]),
            "calls": calls,
            "pixel": {
                "code": PIXEL.read_text("utf-8"),
                "settings": settings,
                "init": init(self.store, self.origin),
                "events": events,
            },
            "reach": {"from": settings["endpoint"], "to": self.reach},
        }
        done = subprocess.run(
            [node(), PROGRAM],
            input=json.dumps(told),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=SECONDS,
        )
        return tuple(Answer(**one) for one in json.loads(done.stdout))
