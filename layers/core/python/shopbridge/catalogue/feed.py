"""What is noted of one store's feed, and how that lies in its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from shopbridge import times
from shopbridge.catalogue.building import Contents


class Build(msgspec.Struct, frozen=True):
    """A feed that was built and can be fetched."""

    prefix: str
    """Where its objects lie."""
    choice: str
    """Digest of the choice it was built by."""
    began_at: datetime
    ended_at: datetime
    contents: Contents


@dataclass(frozen=True, slots=True)
class Feed:
    """What is noted of one store's feed."""

    store: str
    changed_until: datetime | None = None
    """Until when whoever changed the catalogue last may still be changing it."""
    digest: str = ""
    """Of the address."""
    sealed: bytes | None = None
    """The address itself, sealed for one install."""
    epoch: int = 0
    """The install that the address was made for."""
    build: Build | None = None
    previous: str = ""
    """Where the build before lies: somebody may be fetching it."""


def written_build(build: Build) -> str:
    """Write a build as the row holds it."""
    return msgspec.json.encode(build).decode()


def read(item: Mapping[str, Any]) -> Feed:
    """Read the row of a store's feed."""
    changed, built = item.get("changed_until"), item.get("build")
    return Feed(
        store=str(item["variant"]),
        changed_until=times.parse(changed) if changed else None,
        digest=item.get("digest", ""),
        sealed=bytes(item["sealed"]) if "sealed" in item else None,
        epoch=int(item.get("epoch", 0)),
        build=msgspec.json.decode(built, type=Build) if built else None,
        previous=item.get("previous", ""),
    )
