"""An inner query: which of its fields are lists, and whether Shopify takes it at all."""

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
)
from graphql.language import FragmentSpreadNode, InlineFragmentNode

MOST_CONNECTIONS = 5
"""Set by Shopify, as what follows."""
MOST_LEVELS = 2
"""Of lists, the first among them: products, variants, inventory levels are one too many."""

Place = tuple[FieldNode, GraphQLObjectType]
"""A field, and the type it belongs to."""


class Selections:
    """Walks through one document as the schema understands it."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        self.operation = operations[0]
        self._is_one = len(operations) == 1
        self._fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }

    def fields(self, chosen: SelectionSetNode | None, kind: GraphQLNamedType) -> Iterator[Place]:
        """List the fields of a selection, those of its fragments among them."""
        for each in chosen.selections if chosen else ():
            if isinstance(each, FieldNode):
                assert isinstance(kind, GraphQLObjectType)
                yield each, kind
                continue
            assert isinstance(each, FragmentSpreadNode | InlineFragmentNode)
            part = (
                self._fragments[each.name.value] if isinstance(each, FragmentSpreadNode) else each
            )
            on = part.type_condition
            inner = self._schema.type_map[on.name.value] if on else kind
            yield from self.fields(part.selection_set, inner)

    @property
    def roots(self) -> list[Place]:
        """The fields of the query root."""
        assert self._schema.query_type is not None
        return list(self.fields(self.operation.selection_set, self._schema.query_type))

    def connection(self, place: Place) -> GraphQLObjectType | None:
        """Return the type of the nodes that a field lists, None where it is no connection."""
        node, owner = place
        kind = get_named_type(owner.fields[node.name.value].type)
        if not kind.name.endswith("Connection") or not isinstance(kind, GraphQLObjectType):
            return None
        of = get_named_type(kind.fields["nodes"].type)
        assert isinstance(of, GraphQLObjectType)
        return of

    def node(self, place: Place) -> SelectionSetNode | None:
        """Return what a connection asks for of each of its nodes."""
        chosen, owner = place[0].selection_set, place[1]
        kind = get_named_type(owner.fields[place[0].name.value].type)
        for field, of in self.fields(chosen, kind):
            if field.name.value == "nodes":
                return field.selection_set
            if field.name.value == "edges":
                edge = get_named_type(of.fields["edges"].type)
                inner = self.fields(field.selection_set, edge)
                return next((f.selection_set for f, _ in inner if f.name.value == "node"), None)
        return None

    def refusal(self) -> str | None:
        """Say why Shopify does not run this in bulk; None where it does."""
        if not self._is_one or self.operation.operation is not OperationType.QUERY:
            return "Invalid bulk query: it must be a single query."
        names = {node.name.value for node, _ in self.roots}
        if names & {"node", "nodes"}:
            return "Bulk queries cannot contain a top level `node` or `nodes` field."
        if len(self.roots) != 1 or self.connection(self.roots[0]) is None:
            return "Bulk queries must contain at least one connection, and one field at the top."
        return self._too_deep(self.roots[0])

    def _too_deep(self, root: Place) -> str | None:
        found = list(self._connections(root, 1))
        if len(found) > MOST_CONNECTIONS:
            return f"Bulk queries cannot contain more than {MOST_CONNECTIONS} connections."
        if max(level for level, _ in found) > MOST_LEVELS:
            return (
                f"Bulk queries cannot contain connections nested deeper than {MOST_LEVELS} levels."
            )
        for _, place in found:
            of, chosen = self.connection(place), self.node(place)
            assert of is not None
            if "id" not in {node.name.value for node, _ in self.fields(chosen, of)}:
                return f"The query must ask for the `id` of each node of {place[0].name.value}."
        return None

    def _connections(self, place: Place, level: int) -> Iterator[tuple[int, Place]]:
        of = self.connection(place)
        chosen = self.node(place) if of else place[0].selection_set
        if of:
            yield level, place
            level += 1
        kind = of or get_named_type(place[1].fields[place[0].name.value].type)
        for inner in self.fields(chosen, kind) if chosen else ():
            if inner[0].selection_set:
                yield from self._connections(inner, level)
