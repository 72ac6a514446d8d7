"""An AWS account that exists for one test."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.integration.account import REGION, Account


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """Give out an empty deployment; nothing of the machine's own AWS settings is used."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Shopbridge")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "shopbridge")
    with mock_aws():
        yield Account()
