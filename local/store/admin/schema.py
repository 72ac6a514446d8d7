"""Shopify's schema, and which documents it accepts."""

import gzip
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_client_schema,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import NoDeprecatedCustomRule

RULES = [*specified_rules, NoDeprecatedCustomRule]
"""Shopify answers deprecated fields; the simulator does not, so that we never use one."""


@cache
def load(path: Path) -> GraphQLSchema:
    """
    Build the schema from the gzipped introspection in Shopify's npm package.

    `assume_valid`: graphql-core 3.3 objects to a deprecated `id` field in Shopify's schema.
    """
    with gzip.open(path) as packed:
        return build_client_schema(json.load(packed)["data"], assume_valid=True)


class Documents:
    """Parses and validates each document once."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._known: dict[str, tuple[DocumentNode | None, Sequence[GraphQLError]]] = {}

    def read(self, text: str) -> tuple[DocumentNode | None, Sequence[GraphQLError]]:
        """Return the document, or None and what is wrong with it."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> tuple[DocumentNode | None, Sequence[GraphQLError]]:
        try:
            document = parse(text)
        except GraphQLError as exc:
            return None, [exc]
        errors = validate(self._schema, document, RULES)
        return (None, errors) if errors else (document, [])
