"""What tests of forgetting share."""

import pytest

from tests.integration.account import Account
from tests.integration.privacy.forgetting import Forgetting
from tests.integration.test_data_requests import Office


@pytest.fixture
def forgetting(account: Account) -> Forgetting:
    """An account in which no store is installed yet; its Netcore answers."""
    return Forgetting(Office(account))
