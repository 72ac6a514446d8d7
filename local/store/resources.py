"""What a simulated store consists of, and what it tells of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]
"""A resource's fields by GraphQL name; keys that start with `_` exist only in webhook bodies."""

States = Mapping[str, Resource | None]
"""Written fields by gid; None means that the resource is gone."""


class Ref(str):
    """Points from one resource to another by its gid; a query answers with what it points to."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A webhook that Shopify would send: its topic, its body, and the gid it is about."""

    topic: str
    resource: str
    body: Mapping[str, Any]
