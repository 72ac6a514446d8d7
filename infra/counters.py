"""Counters, fed by the streams of the tables that they count."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_dynamodb import Table
from aws_cdk.aws_lambda_event_sources import DynamoEventSource, SqsDlq
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra import permissions
from infra.functions import Base, SourceFunction
from infra.permission import Permission
from infra.workers import COUNTERS

SECONDS = 30

THERE = lambda_.FilterRule.exists()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What one function counts, and what it does to the ledger's table, where counters lie."""

    source: Path
    # Patterns of the changes that it is told of.
    wanted: tuple[Mapping[str, Any], ...]
    actions: tuple[str, ...]


# Rows of deliveries and commands. The counters' own rows have no topic; without this filter
# each of them would come back here as a change to count. What goes takes nothing back.
LEDGER = Counted(
    source=COUNTERS[0],
    wanted=(
        {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"NewImage": {"topic": {"S": THERE}}}},
    ),
    actions=permissions.WRITE,
)
# Contacts whose e-mail consent is or was known; an erased one is taken back.
CONSENTS = Counted(
    source=COUNTERS[1],
    wanted=tuple(
        {"dynamodb": {image: {"email_wanted": {"S": THERE}}}} for image in ("NewImage", "OldImage")
    ),
    actions=permissions.UPDATE,
)


class Counters(Construct):
    """One Lambda that adds up what the rows of a table became, from the table's stream."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        of: Counted,
        table: Table,
        ledger: Table,
        uncounted: IQueue,
        base: Base,
    ) -> None:
        super().__init__(scope, id_)
        function = SourceFunction(
            self,
            of.source,
            base=base,
            environment={"LEDGER_TABLE": ledger.table_name},
            permissions=[
                *_read_stream(table),
                permissions.table(ledger, of.actions),
                permissions.send(uncounted),
            ],
            timeout_seconds=SECONDS,
        )
        function.add_event_source(
            DynamoEventSource(
                table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=500,
                max_batching_window=cdk.Duration.seconds(2),
                # Only for its side effect: a function with a window is told its shard, by
                # which counters know what they have counted. The longest costs least.
                tumbling_window=cdk.Duration.minutes(15),
                retry_attempts=10,
                max_record_age=cdk.Duration.hours(6),
                bisect_batch_on_error=True,
                report_batch_item_failures=True,
                on_failure=SqsDlq(uncounted),
                filters=[lambda_.FilterCriteria.filter(dict(one)) for one in of.wanted],
            )
        )


def _read_stream(table: Table) -> list[Permission]:
    """What Lambda's poller needs to follow the stream."""
    if table.table_stream_arn is None:
        raise ValueError(f"{table.node.id} has no stream")
    reads = Permission(
        actions=["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        resources=[table.table_stream_arn],
    )
    return [reads, permissions.list_streams(table)]
