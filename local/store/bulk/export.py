"""Executes an inner query, some objects at a time, and writes them as lines of JSON."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLNamedType,
    GraphQLSchema,
    SelectionSetNode,
    execute,
    get_named_type,
)
from graphql.execution.values import get_argument_values

from local.store.admin.answers import Json
from local.store.admin.call import Call, Root
from local.store.bulk.batch import Batch, Denied
from local.store.bulk.selections import Place, Selections

AT_ONCE = 250
"""Objects of the first list that are executed together."""

Roots = Callable[[str], Root]
Resolve = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Export:
    """One inner query of one store."""

    schema: GraphQLSchema
    document: DocumentNode
    root: Roots
    resolve: Resolve
    grouped: bool = False

    def batches(self, call: Call) -> Iterator[Batch]:
        """
        Yield all that the query finds now, in its order.

        Raises:
            Denied: a field is not the app's to see.
        """
        selections = Selections(self.schema, self.document)
        (place,) = selections.roots
        node, owner = place
        args = get_argument_values(owner.fields[node.name.value], node)
        whole = replace(call, is_bulk=True)
        found: Sequence[Any] = self.root(node.name.value)(whole, args)["nodes"]
        for start in range(0, len(found), AT_ONCE):
            part = found[start : start + AT_ONCE]
            yield self._batch(selections, place, replace(whole, batch=part), len(part))

    def _batch(self, selections: Selections, place: Place, call: Call, roots: int) -> Batch:
        result = execute(
            self.schema, self.document, context_value=call, field_resolver=self.resolve
        )
        assert isinstance(result, ExecutionResult)  # no resolver is asynchronous
        if result.errors or result.data is None:
            raise Denied(result.errors)
        lines = Lines(selections).of(place, result.data, None)
        ordered = list(lines) if self.grouped else _apart(lines)
        written = b"".join(_written(line) for _, line in ordered)
        return Batch(written, len(ordered), roots)


Line = tuple[tuple[str, ...], Json]
"""The path of the list that it belongs to, and what it says."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Takes lists out of objects: what they hold becomes lines of its own."""

    selections: Selections

    def of(
        self, place: Place, data: Json, parent: str | None, path: tuple[str, ...] = ()
    ) -> Iterator[Line]:
        """Yield each node of a list, what is nested in it right below."""
        of, chosen = self.selections.connection(place), self.selections.node(place)
        assert of is not None
        name = (place[0].alias or place[0].name).value
        listed = data.get(name) or {}
        nodes = listed.get("nodes") or [edge["node"] for edge in listed.get("edges") or ()]
        for node in nodes:
            told, inner = self._split(chosen, of, node)
            yield (*path, name), told if parent is None else {**told, "__parentId": parent}
            for each, holder in inner:
                yield from self.of(each, holder, node["id"], (*path, name))

    def _split(
        self, chosen: SelectionSetNode | None, kind: GraphQLNamedType, node: Json
    ) -> tuple[Json, list[tuple[Place, Json]]]:
        """Return what an object says without its lists, and these with what holds them."""
        told, lists = dict(node), []
        for place in self.selections.fields(chosen, kind):
            name = (place[0].alias or place[0].name).value
            if name not in node or not place[0].selection_set:
                continue
            if self.selections.connection(place):
                told.pop(name, None)
                lists.append((place, node))
            elif isinstance(node[name], dict):
                inner = get_named_type(place[1].fields[place[0].name.value].type)
                told[name], more = self._split(place[0].selection_set, inner, node[name])
                lists += more
        return told, lists


def _apart(lines: Iterator[Line]) -> list[Line]:
    """Put all nested lines after those of their parents, each list in its own order."""
    return sorted(lines, key=lambda line: len(line[0]))


def _written(line: Json) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
