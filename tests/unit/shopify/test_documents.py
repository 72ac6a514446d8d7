"""Every GraphQL document against Shopify's own schema."""

import gzip
import json
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_client_schema, parse, validate
from graphql.validation import NoDeprecatedCustomRule, specified_rules

from local.schema import SCHEMA
from local.store.bulk.selections import Selections
from shopbridge.shopify import documents
from shopbridge.shopify.documents import inner, load
from shopbridge.shopify.version import API_VERSION

NAMES = sorted(path.stem for path in Path(documents.__path__[0]).glob("*.graphql"))


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """Shopify's Admin API as `make setup` fetched it."""
    with gzip.open(SCHEMA) as file:
        return build_client_schema(json.load(file)["data"], assume_valid=True)


@pytest.mark.parametrize("name", NAMES)
def test_document_is_valid_and_uses_nothing_deprecated(name: str, schema: GraphQLSchema) -> None:
    """Shopify accepts the document, and no field of it is on its way out."""
    document = parse(load(name))

    errors = validate(schema, document, [*specified_rules, NoDeprecatedCustomRule])

    assert errors == []


def test_schema_is_that_of_the_version_in_use() -> None:
    """What the documents are checked against is what the gateway asks for."""
    assert SCHEMA.name == f"admin_{API_VERSION}.json.gz"


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_bulk")])
def test_bulk_document_is_what_shopify_runs_in_bulk(name: str, schema: GraphQLSchema) -> None:
    """Written out, it is valid, has no variables, few lists, and asks for ids and times."""
    text = inner(name, "created_at:<'2026-11-01T00:00:00Z' AND title:\"x\"")

    document = parse(text)

    assert validate(schema, document, [*specified_rules, NoDeprecatedCustomRule]) == []
    assert Selections(schema, document).refusal() is None
    assert "$" not in text
    assert "createdAt" in text


def test_bulk_document_is_the_same_for_the_same_query() -> None:
    """By its text an operation is found again whose answer was lost."""
    assert inner("products_bulk", "id:1") == (
        '{ products(query: "id:1", sortKey: CREATED_AT) { edges { node { id createdAt } } } }'
    )
