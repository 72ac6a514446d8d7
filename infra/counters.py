"""The hourly counters, fed by the ledger's stream."""

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


class Counters(Construct):
    """One Lambda that adds up what the ledger's rows became."""

    def __init__(
        self, scope: Construct, id_: str, *, ledger: Table, uncounted: IQueue, base: Base
    ) -> None:
        super().__init__(scope, id_)
        function = SourceFunction(
            self,
            COUNTERS,
            base=base,
            environment={"LEDGER_TABLE": ledger.table_name},
            permissions=[
                *_read_stream(ledger),
                permissions.table(ledger, permissions.WRITE),
                permissions.send(uncounted),
            ],
            timeout_seconds=SECONDS,
        )
        function.add_event_source(
            DynamoEventSource(
                ledger,
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
                filters=[COUNTED],
            )
        )


# Rows of deliveries and commands. The counters' own rows have no topic; without this filter
# each of them would come back here as a change to count.
COUNTED = lambda_.FilterCriteria.filter(
    {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"topic": {"S": lambda_.FilterRule.exists()}}},
    }
)


def _read_stream(table: Table) -> list[Permission]:
    """What Lambda's poller needs to follow the stream."""
    if table.table_stream_arn is None:
        raise ValueError("the ledger has no stream")
    reads = Permission(
        actions=["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        resources=[table.table_stream_arn],
    )
    return [reads, permissions.list_streams(table)]
