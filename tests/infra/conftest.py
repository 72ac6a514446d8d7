"""One synthesis of each kind for all tests."""

import pytest

from tests.infra.synthesis import PARTNER_SOURCE, Synthesis, synthesise


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    """A stage that keeps its data, fed over HTTPS and over the partner bus."""
    return synthesise(
        tmp_path_factory.mktemp("cloud"), stage="prod", partner_event_source=PARTNER_SOURCE
    )


@pytest.fixture(scope="session")
def https_only(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    """What `cdk synth` gives without any context."""
    return synthesise(tmp_path_factory.mktemp("https"))


@pytest.fixture(scope="session")
def on_emulator(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    """What `shopbridge local up` deploys."""
    return synthesise(
        tmp_path_factory.mktemp("local"),
        local="1",
        netcore_hosts='{"contact": "http://127.0.0.1:4612"}',
        shopify_admin_url="http://127.0.0.1:4611",
        shopify_cdn_url="http://127.0.0.1:4611/cdn",
    )
