"""docs/privacy.md names every place that the deployment has."""

import re
from pathlib import Path

from shopbridge.privacy.objects import PREFIXES
from tests.infra.synthesis import Synthesis

TOLD = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")


def test_every_table_is_in_the_list(cloud: Synthesis) -> None:
    """A new table says what it holds of people, before it holds it."""
    tables = {
        table.id[: -len("00000000")].removeprefix("Tables").lower()
        for table in cloud.all("AWS::DynamoDB::Table")
    }

    assert set(re.findall(r"^\| table `(\w+)`", TOLD, re.MULTILINE)) == tables


def test_every_prefix_is_in_the_list() -> None:
    """What lies in the bucket of kept content is known to the list and to an erasure."""
    assert set(re.findall(r"^\| bucket kept, `([^`]+)`", TOLD, re.MULTILINE)) == set(PREFIXES)
