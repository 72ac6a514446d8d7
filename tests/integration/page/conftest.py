"""The page of one installed store."""

import pytest

from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway
from tests.integration.page.visiting import Browser


@pytest.fixture
def browser(account: Account) -> Browser:
    """Open pages of a store that was installed a moment ago."""
    account.repository(STORE).install(NOW, b"sealed access token")
    return Browser(Gateway(account))
