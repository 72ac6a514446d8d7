"""The settings API of one installed store."""

import pytest

from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import Gateway


@pytest.fixture
def api(account: Account) -> Gateway:
    """Give out the API, with the store installed a moment ago."""
    account.repository(STORE).install(NOW)
    return Gateway(account)
