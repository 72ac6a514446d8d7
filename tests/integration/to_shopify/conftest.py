"""What tests of the way in share."""

from collections.abc import Iterator

import pytest

from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.to_shopify.netcore_side import NetcoreSide


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An AWS account with our parts in it; each test brings a store of its own."""
    with started() as cloud:
        yield cloud


@pytest.fixture
def netcore(cloud: Cloud) -> NetcoreSide:
    """A store that Netcore has a secret for."""
    return NetcoreSide(cloud)
