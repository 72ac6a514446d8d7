"""The set-up guide: five steps, and where the merchant stopped."""

from dataclasses import dataclass
from typing import Final

from shopbridge.page.frame import Frame
from shopbridge.stores.rules import unready
from shopbridge.stores.store import Store

STEPS: Final = {
    "netcore": "Connect Netcore",
    "primary_key": "Choose the primary key",
    "data": "Choose data",
    "historic_sync": "Historic sync",
    "website_tracking": "Website tracking",
}


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step; the current one is open."""

    key: str
    name: str
    done: bool
    current: bool
    href: str


def steps(store: Store, frame: Frame, asked: str) -> list[GuideStep]:
    """List the steps; the `asked` one is open, else the first that is not done."""
    done = {key: key in store.settings.guide.done for key in STEPS}
    done["netcore"] = not list(unready(store))
    stopped = next((key for key in STEPS if not done[key]), "")
    current = asked if asked in STEPS else stopped
    return [
        GuideStep(key, name, done[key], key == current, frame.link(step=key))
        for key, name in STEPS.items()
    ]
