"""`docs/privacy.md` names every place that may hold something about a person."""

import re

from infra.buckets import ACCESS_LOG_DAYS, KEPT_DAYS, UPLOAD_DAYS
from infra.queues import DEAD_RETENTION_DAYS, RETENTION_DAYS
from infra.tables import RESTORABLE_DAYS
from infra.workers import WORKERS
from shopbridge.privacy.erased import FRESH
from tests.infra.synthesis import ROOT, Synthesis
from tests.infra.test_permissions import allowed

DOCUMENT = (ROOT / "docs/privacy.md").read_text("utf-8")


def named(section: str, pattern: str) -> set[str]:
    """What the rows of one section's table begin with."""
    text = DOCUMENT.partition(f"\n## {section}")[2].partition("\n## ")[0]
    return {"/".join(found.groups()) for found in re.finditer(pattern, text, re.MULTILINE)}


def test_every_table_has_an_entry(cloud: Synthesis) -> None:
    """A table that is not named would be one that nobody thinks of when somebody is erased."""
    deployed = {
        table.id[:-8].removeprefix("Tables").lower() for table in cloud.all("AWS::DynamoDB::Table")
    }

    assert named("Tables", r"^\| `(\w+)`") == deployed


def test_every_prefix_has_an_entry(cloud: Synthesis) -> None:
    """Wherever any function may put or read an object, the document says what lies there."""
    places = {
        re.sub(r"^s3:(Get|Put)Object Buckets", "", right)
        for function in cloud.all("AWS::Lambda::Function")
        for right in allowed(cloud, function)
        if right.startswith(("s3:GetObject ", "s3:PutObject "))
    }
    deployed = {f"{bucket.lower()}/{prefix}" for bucket, _, prefix in
                (place.partition("/") for place in places)}  # fmt: skip

    written = named("Content", r"^\| (\w+) \| `([^`]+)`")
    assert {one if one.endswith("*") else f"{one}*" for one in written} == deployed


def test_times_are_those_that_are_deployed() -> None:
    """Retention is stated as it is set."""
    assert f"go back {RESTORABLE_DAYS} days" in DOCUMENT
    assert f"until done, {RETENTION_DAYS} days at most" in DOCUMENT
    assert f"minutes, {DEAD_RETENTION_DAYS} days at most" in DOCUMENT
    assert f"deleted after {KEPT_DAYS} days by the bucket" in DOCUMENT
    assert f"files of contacts after {UPLOAD_DAYS}." in DOCUMENT
    assert f"`AccessLogs`, {ACCESS_LOG_DAYS} days" in DOCUMENT


def test_an_erasure_waits_for_the_longest_worker() -> None:
    """Whoever looked just before may live so long, and believes so long what it saw."""
    longest = max(worker.seconds for worker in WORKERS if not worker.forgets)

    assert f"had looked before ({longest + FRESH.seconds} seconds)" in DOCUMENT
