"""The OpenAPI document is committed, current, and what the API does."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from moto import mock_aws
from schemathesis.config import SchemathesisConfig

from cli.openapi import FILE
from shopbridge.entry.api.document import written
from shopbridge.entry.api.operations import OPERATIONS
from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway
from tests.integration.api.served import DOCUMENT, Served, bearer

RULES = {"expected-statuses": [200, 401, 404, 409, 410, 412, 422]}
"""What a request that fits the document may still meet: rules, versions, nothing there."""

CURSORS = {"expected-statuses": [200, 400, 401]}
"""A cursor that was never given out."""

REFUSED = {"expected-statuses": [400, 401, 403, 404, 406, 409, 412, 413, 415, 422]}
"""A key of another request is refused (409) before anything else is looked at."""

served = Served()
schema = schemathesis.openapi.from_wsgi(
    DOCUMENT,
    served,
    config=SchemathesisConfig.from_dict(
        {
            "checks": {
                "positive_data_acceptance": RULES,
                "negative_data_rejection": REFUSED,
                "missing_required_header": REFUSED,
            },
            "operations": [
                {"include-path": path, "checks": {"positive_data_acceptance": CURSORS}}
                for path in ("/parked", "/settings/changes")
            ],
        }
    ),
)


@schemathesis.auth()
class Session:
    """A merchant's session token, as App Bridge sends it."""

    def get(self, case: schemathesis.Case[Any], context: schemathesis.AuthContext) -> str:
        """Write the header."""
        return bearer()

    def set(
        self, case: schemathesis.Case[Any], data: str, context: schemathesis.AuthContext
    ) -> None:
        """Send it."""
        case.headers["Authorization"] = data


@pytest.fixture(scope="module", autouse=True)
def _store() -> Iterator[None]:
    """Install the store once: what the requests leave behind is part of the test."""
    with mock_aws():
        account = Account()
        account.repository(STORE).install(NOW)
        served.gateway = Gateway(account)
        yield
        served.gateway = None


def test_document_is_current() -> None:
    """`make openapi` has been run since the last change of an operation."""
    assert FILE.read_text() == written()


def test_every_operation_is_in_the_document() -> None:
    """And nothing else is."""
    described = {
        (method.upper(), path)
        for path, methods in schema.raw_schema["paths"].items()
        for method in methods
    }

    assert described == {(one.method, one.path) for one in OPERATIONS}


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_api_keeps_its_word(case: schemathesis.Case[Any]) -> None:
    """Schemathesis finds no answer that the document does not allow, with all its checks."""
    if str(case.headers.get("if-match", "")).strip('"').isdigit():
        case.headers["if-match"] = served.version

    case.call_and_validate()
