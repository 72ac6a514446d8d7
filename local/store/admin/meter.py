"""What a query costs: asked for, before it runs; or really, from what it answered."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_operation_ast,
    value_from_ast_untyped,
)
from graphql.language import FragmentSpreadNode, InlineFragmentNode, SelectionNode

from local.store.admin.cost import MUTATION, Rule

_NOTHING: dict[str, Any] = {}


class Meter:
    """Prices one document with its variables: objects 1, scalars 0, lists by `rule`."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any], rule: Rule
    ) -> None:
        self._schema = schema
        self._document = document
        self._variables = variables
        self._rule = rule
        self._fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }

    def points(self, operation: str | None, data: dict[str, Any] | None = None) -> int:
        """Price an operation by the sizes it asks for or, with `data`, by those it got."""
        found = get_operation_ast(self._document, operation)
        if found is None:
            return 0
        if found.operation is OperationType.MUTATION:
            return MUTATION * len(found.selection_set.selections)
        root = self._schema.get_root_type(found.operation)
        return 0 if root is None else round(self._selected(found.selection_set, root, data))

    def _selected(self, chosen: SelectionSetNode, kind: GraphQLNamedType, data: Any) -> float:
        return sum(self._field(node, owner, data) for node, owner in self._fields(chosen, kind))

    def _fields(
        self, chosen: SelectionSetNode | None, kind: GraphQLNamedType
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType]]:
        for each in chosen.selections if chosen else ():
            if isinstance(each, FieldNode):
                yield each, kind
                continue
            fragment = self._fragment(each)
            condition = fragment.type_condition
            inner = self._schema.type_map[condition.name.value] if condition else kind
            yield from self._fields(fragment.selection_set, inner)

    def _fragment(self, each: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode:
        if isinstance(each, FragmentSpreadNode):
            return self._fragments[each.name.value]
        assert isinstance(each, InlineFragmentNode)
        return each

    def _field(self, node: FieldNode, owner: GraphQLNamedType, data: Any) -> float:
        definition = getattr(owner, "fields", _NOTHING).get(node.name.value)
        if definition is None or node.selection_set is None:
            return 0
        kind = get_named_type(definition.type)
        value = None if data is None else data.get((node.alias or node.name).value)
        if data is not None and value is None:
            return 0
        if kind.name.endswith("Connection"):
            return self._connection(node, kind, value)
        if not _is_list(definition.type):
            return 1 + self._selected(node.selection_set, kind, value)
        return self._list(node, kind, value)

    def _connection(self, node: FieldNode, kind: GraphQLNamedType, value: Any) -> float:
        chosen, kind_of_node = self._node_selection(node.selection_set, kind)
        got = None
        if value is not None:
            edges = value.get("edges") or []
            got = value.get("nodes") or [each["node"] for each in edges if "node" in each]
        return self._many(chosen, kind_of_node, self._size(node) or 0, got, paged=True)

    def _node_selection(
        self, chosen: SelectionSetNode | None, kind: GraphQLNamedType
    ) -> tuple[SelectionSetNode | None, GraphQLNamedType]:
        for node, owner in self._fields(chosen, kind):
            if node.name.value in ("nodes", "edges", "node"):
                inner = get_named_type(getattr(owner, "fields", _NOTHING)[node.name.value].type)
                if node.name.value != "edges":
                    return node.selection_set, inner
                return self._node_selection(node.selection_set, inner)
        return None, kind

    def _list(self, node: FieldNode, kind: GraphQLNamedType, value: Any) -> float:
        size = self._size(node)
        if size is None and value is not None:
            value = value[:1]
        return self._many(node.selection_set, kind, 1 if size is None else size, value, paged=False)

    def _many(
        self,
        chosen: SelectionSetNode | None,
        kind: GraphQLNamedType,
        size: int,
        got: list[Any] | None,
        *,
        paged: bool,
    ) -> float:
        def price(data: Any) -> float:
            return 1 + (self._selected(chosen, kind, data) if chosen else 0)

        if got is None:
            return self._rule(size, price(None), paged=paged)
        prices = [price(each) for each in got if each is not None]
        mean = sum(prices) / len(prices) if prices else 0
        return self._rule(len(prices), mean, paged=paged)

    def _size(self, node: FieldNode) -> int | None:
        given = {each.name.value: each.value for each in node.arguments or ()}
        for name in ("first", "last", "ids"):
            if name in given:
                size = value_from_ast_untyped(given[name], self._variables)
                if isinstance(size, int | list):
                    return size if isinstance(size, int) else len(size)
        return None


def _is_list(kind: Any) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)
