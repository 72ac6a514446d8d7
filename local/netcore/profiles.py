"""The contacts of the panel, as Netcore's marketers would see them."""

from dataclasses import dataclass
from typing import Any

Attributes = dict[str, Any]


@dataclass
class Profile:
    """One contact: what is known, whether its e-mail is blocked, how much it did."""

    primary_key: str  # name of the attribute that it is known by
    attributes: Attributes
    blacklisted: bool = False
    activities: int = 0


class Profiles:
    """Merges what arrives about the same contact, found by primary key, `EMAIL` or `MOBILE`."""

    def __init__(self, primary_key: str) -> None:
        self._identifiers = tuple(dict.fromkeys((primary_key, "EMAIL", "MOBILE")))
        self._all: list[Profile] = []
        self._index: dict[tuple[str, str], Profile] = {}

    def merge(self, key: str, attributes: Attributes) -> None:
        """Write `attributes` over those of the contact whose `key` they name, or make it."""
        profile = self._known(key, attributes) or self._made(key, attributes)
        for name in (*self._identifiers, key):
            old = (name, str(profile.attributes.get(name)))
            if name in attributes and self._index.get(old) is profile:
                del self._index[old]
        profile.primary_key = key
        profile.attributes.update(attributes)
        self._remember(profile)

    def block(self, key: str, value: object) -> None:
        """Block the contact's e-mail; Netcore makes the contact when there is none."""
        self._called(key, value).blacklisted = True

    def count(self, activity: dict[str, Any]) -> None:
        """Count one activity for whoever it names first: identity, email, mobile, anonymous id."""
        fields = ("identity", "email", "mobile", "anonid", "annonid")
        field_ = next(name for name in fields if activity.get(name) is not None)
        key = self._identifiers[0] if field_ == "identity" else field_.upper()
        self._called(key, activity[field_]).activities += 1

    def erase(self, value: object) -> None:
        """Forget the contact whose primary key, or else e-mail or mobile, is `value`."""
        for name in self._identifiers:
            profile = self._index.get((name, str(value)))
            if profile is not None:
                self._all = [other for other in self._all if other is not profile]
                self._index = {at: who for at, who in self._index.items() if who is not profile}
                return

    def attributes(self, value: str) -> Attributes | None:
        """Show what is known of the contact whose primary key is `value`; None for nobody."""
        profile = self._index.get((self._identifiers[0], value))
        return None if profile is None else profile.attributes

    def listed(self) -> list[dict[str, Any]]:
        """Show all contacts, in the order in which they were first heard of."""
        return [
            {
                "primary_key": profile.primary_key,
                "id": profile.attributes[profile.primary_key],
                "attributes": profile.attributes,
                "blacklisted": profile.blacklisted,
                "activities": profile.activities,
            }
            for profile in self._all
        ]

    def _called(self, key: str, value: object) -> Profile:
        attributes = {key: value}
        return self._known(key, attributes) or self._made(key, attributes)

    def _known(self, key: str, attributes: Attributes) -> Profile | None:
        """Find the contact by its key; failing that, one without that key but the same address."""
        exact = self._index.get((key, str(attributes[key])))
        if exact is not None:
            return exact
        named = (self._index.get((n, str(attributes.get(n)))) for n in self._identifiers)
        return next((who for who in named if who and key not in who.attributes), None)

    def _made(self, key: str, attributes: Attributes) -> Profile:
        profile = Profile(key, dict(attributes))
        self._all.append(profile)
        self._remember(profile)
        return profile

    def _remember(self, profile: Profile) -> None:
        """Make the contact findable; of two with one address, the first keeps it."""
        for name in (*self._identifiers, profile.primary_key):
            value = profile.attributes.get(name, "")
            if value != "":
                self._index.setdefault((name, str(value)), profile)
