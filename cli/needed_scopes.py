"""The access scopes that our topics and GraphQL documents need, as Shopify's schema says."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from graphql import (
    FieldNode,
    GraphQLSchema,
    InlineFragmentNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_client_schema,
    get_named_type,
    parse,
    visit,
)

from infra.topics import COMPLIANCE, TOPICS
from local.schema import SCHEMA
from shopbridge.shopify import documents

OPTIONAL = ("read_locations",)
"""Asked for in the page, when the merchant ticks what needs them."""

Choice = tuple[str, ...]
"""Scopes of which one is enough."""

_SCOPE = re.compile(r"\b(?:read|write)_[a-z_]+\b")


class Schema:
    """Shopify's Admin API, with the scopes that each part of it asks for."""

    def __init__(self, file: Path = SCHEMA) -> None:
        with gzip.open(file) as unpacked:
            self._told = json.load(unpacked)

    @cached_property
    def graphql(self) -> GraphQLSchema:
        """The schema that documents are written against."""
        return build_client_schema(self._told["data"], assume_valid=True)

    def of_topic(self, topic: str) -> Choice:
        """Read the scopes out of the topic's description, since nothing else has them."""
        (types,) = [
            each
            for each in self._told["data"]["__schema"]["types"]
            if each["name"] == "WebhookSubscriptionTopic"
        ]
        name = re.sub(r"[./]", "_", topic).upper()
        (value,) = [each for each in types["enumValues"] if each["name"] == name]
        _, _, requires = value["description"].partition("Requires ")
        return tuple(_SCOPE.findall(requires))

    def of_document(self, text: str) -> Iterator[Choice]:
        """Yield what each field and type that `text` names asks for."""
        info, named = TypeInfo(self.graphql), _Named()
        named.info = info
        visit(parse(text), TypeInfoVisitor(info, named))
        for place in named.places:
            yield self._by_place.get(place, ())
            yield from ((scope,) for scope in self._also.get(place, ()))

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Choice]:
        return {
            (item["typeName"], item.get("fieldName") or ""): tuple(item["offlineScopes"])
            for item in self._told["offline_scopes"]["items"]
        }

    @cached_property
    def _also(self) -> dict[tuple[str, str], list[str]]:
        """Scopes that the map names in prose alone: "Also: The app requires …"."""
        return {
            (item["typeName"], item.get("fieldName") or ""): _SCOPE.findall(also)
            for item in self._told["offline_scopes"]["items"]
            if (also := item["requiredAccess"].partition("Also:")[2])
        }


class _Named(Visitor):
    info: TypeInfo

    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[str, str]] = []

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent, given = self.info.get_parent_type(), self.info.get_type()
        if parent is not None:
            self.places.append((parent.name, node.name.value))
        if given is not None:
            self.places.append((get_named_type(given).name, ""))

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> None:
        if node.type_condition is not None:
            self.places.append((node.type_condition.name.value, ""))


def needed(schema: Schema) -> list[str]:
    """List the fewest scopes that all topics and documents can do with, but the optional ones."""
    asked = [schema.of_topic(topic) for topic in TOPICS if topic not in COMPLIANCE]
    for file in sorted(Path(documents.__path__[0]).glob("*.graphql")):
        asked += schema.of_document(documents.load(file.stem))
    return sorted(set(chosen(asked)) - set(OPTIONAL))


def chosen(asked: Iterable[Choice]) -> list[str]:
    """Take what has no alternative, then the first of what is not covered yet."""
    choices = sorted({choice for choice in asked if choice}, key=len)
    taken: list[str] = []
    for choice in choices:
        if not any(_covered(scope, taken) for scope in choice):
            taken.append(choice[0])
    return [scope for scope in taken if not _covered(scope, [t for t in taken if t != scope])]


def _covered(scope: str, taken: Sequence[str]) -> bool:
    return scope in taken or scope.replace("read_", "write_", 1) in taken
