"""What resolvers need to know of the request they work for."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from local.store.admin.answers import Json
from local.store.bulk.operations import Operations
from local.store.resources import Change
from local.store.world import World


@dataclass
class Call:
    """
    One request: the world it reads, what it is denied, and what is noted about it.

    `scopes` are those that the merchant grants the app now. `denied` holds fields such as
    `Customer.defaultEmailAddress` that answer null with an ACCESS_DENIED error. A bulk
    operation's inner query has no pages: lists are whole, the first is given as a `batch`.
    """

    world: World
    scopes: Set[str] = frozenset()
    denied: Set[str] = frozenset()
    searches: list[Json] = field(default_factory=list)
    mutations: list[Json] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    bulk: Operations | None = None
    is_bulk: bool = False
    batch: Sequence[Any] | None = None


Args = dict[str, Any]
Root = Callable[[Call, Args], Any]
