"""Home: how the store is doing, and the set-up guide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shopbridge.entry.api.status import Overview, seen
from shopbridge.entry.page import attributes
from shopbridge.entry.page.attributes import Attribute
from shopbridge.entry.page.chosen import chosen
from shopbridge.entry.page.guide import GuideStep, steps
from shopbridge.entry.page.shown import Visit, shown
from shopbridge.entry.page.to_shopify import theme_editor
from shopbridge.page.words import EVENTS, PRIMARY_KEYS, REGIONS
from shopbridge.stores.rules import unready

_BADGES: Final = {
    "Connected": ("success", "check-circle"),
    "Action needed": ("critical", "alert-circle"),
    "Paused": ("warning", "pause-circle"),
}


@dataclass(frozen=True, slots=True)
class Strip:
    """The status of a store in a word and a sentence."""

    word: str
    sentence: str
    needs: Sequence[str]

    @property
    def tone(self) -> str:
        """Colour of the badge."""
        return _BADGES[self.word][0]

    @property
    def icon(self) -> str:
        """Icon of the badge; word and icon say the same as the colour."""
        return _BADGES[self.word][1]


@dataclass(frozen=True, slots=True)
class Home:
    """What the page shows beside the switches."""

    strip: Strip
    overview: Overview
    region: str
    permissions: str
    reauthorise: bool
    can_enable: bool
    show_guide: bool
    steps: Sequence[GuideStep]
    attributes: Sequence[Attribute]
    activities: Sequence[str] = tuple(EVENTS)
    regions: Sequence[tuple[str, str]] = tuple(REGIONS.items())
    primary_keys: Sequence[tuple[str, str, str]] = tuple(
        (key, *said) for key, said in PRIMARY_KEYS.items()
    )


def home(visit: Visit) -> str:
    """Show status, guide, subscriptions and the connection to Netcore."""
    store, told = visit.sight.store, seen(visit.sight)
    guide = steps(store, visit.frame, visit.query.get("step", ""))
    return shown(
        visit,
        "home",
        Home(
            strip=strip(told),
            overview=told,
            region=REGIONS[store.settings.netcore.region],
            permissions=_permissions(told),
            reauthorise=store.reauthorise_since is not None,
            can_enable=store.status != "enabled" and not list(unready(store)),
            show_guide=any(step.current for step in guide),
            steps=guide,
            attributes=[
                *attributes.of_contacts(store),
                *attributes.of_store(store),
                *attributes.own(store),
            ],
        ),
        chosen=chosen(visit.sight),
        theme_editor=theme_editor(visit.frame),
    )


def strip(told: Overview) -> Strip:
    """Say in a word how the store is doing; a pause is the merchant's own will."""
    needs = [one.message for one in told.action_needed]
    if told.status == "paused":
        return Strip("Paused", "Nothing is sent; what happens meanwhile is kept.", needs)
    if needs:
        return Strip("Action needed", "Something keeps data from reaching Netcore.", needs)
    return Strip("Connected", "What happens in the store reaches Netcore.", needs)


def _permissions(told: Overview) -> str:
    if not told.scopes.known:
        return "not known yet"
    return "all granted" if told.scopes.catalogue else "granted, without read_locations"
