"""`-c local=1` changes what infra/local.py lists, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from infra.deployment import Misconfigured
from infra.local import DIFFERENCES, Difference
from tests.infra.synthesis import PARTNER_SOURCE, Synthesis, synthesise

MISSING = object()


@pytest.fixture(scope="module")
def on_aws(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    """The same stage as the local run, for AWS."""
    return synthesise(
        tmp_path_factory.mktemp("aws"), stage="local", partner_event_source=PARTNER_SOURCE
    )


def test_only_what_is_listed_differs(on_aws: Synthesis, on_emulator: Synthesis) -> None:
    """Each property that differs is in the list, and each entry of the list is needed."""
    used = set()
    for stack, template in on_aws.templates.items():
        other = on_emulator.templates[stack]
        assert set(template["Resources"]) == set(other["Resources"])
        assert without_resources(template) == without_resources(other)
        for id_, resource in template["Resources"].items():
            for path in differing(resource, other["Resources"][id_]):
                used.add(listed(resource["Type"], path))

    assert used == set(DIFFERENCES)


def test_every_difference_says_why() -> None:
    """A reason is a sentence."""
    for difference in DIFFERENCES:
        assert len(difference.reason) > 40
        assert difference.reason.endswith(".")


@pytest.mark.parametrize("key", ["netcore_hosts", "shopify_admin_url", "shopify_cdn_url"])
def test_hosts_are_replaced_on_the_local_run_only(tmp_path: Path, key: str) -> None:
    """A deployment to AWS never sends tokens or data to a host from the context."""
    with pytest.raises(Misconfigured, match="only a local run may replace hosts"):
        synthesise(tmp_path, **{key: "http://127.0.0.1:4612"})


def listed(type_: str, path: tuple[str, ...]) -> Difference:
    """The entry that allows `path` to differ; the assertion names what has none."""
    property_ = ".".join(path).removeprefix("Properties.")
    found = [
        difference
        for difference in DIFFERENCES
        if difference.resource == type_ and f"{property_}.".startswith(f"{difference.property}.")
    ]
    assert found, f"{type_} {property_} differs, and infra/local.py does not say why"
    return found[0]


def differing(one: Any, other: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths below which `one` and `other` are not the same, but for assets: none is built."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            found
            for key in (one.keys() | other.keys()) - {"S3Key"}
            for found in differing(one.get(key, MISSING), other.get(key, MISSING), (*path, key))
        ]
    return [] if one == other else [path]


def without_resources(template: dict[str, Any]) -> dict[str, Any]:
    """Parameters, outputs and rules of a template."""
    return {part: content for part, content in template.items() if part != "Resources"}
