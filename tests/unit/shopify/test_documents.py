"""Every GraphQL document against Shopify's own schema."""

import gzip
import json
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_client_schema, parse, validate
from graphql.validation import NoDeprecatedCustomRule, specified_rules

from local.schema import SCHEMA
from shopbridge.shopify import documents
from shopbridge.shopify.documents import load
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
