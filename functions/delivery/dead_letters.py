"""Empties every dead-letter queue: keeps the content, marks the row `failed`, rings the alarm."""

import json
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from shopbridge.archive.writer import Archive
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.failed import FailedDeliveries
from shopbridge.parked.dead_letters import Letter, Services
from shopbridge.station import trouble


@cache
def services() -> Services:
    """Wire the function once per warm Lambda."""
    environment = Environment()
    wiring = Wiring(environment)
    return Services(
        station=wiring.station,
        deliveries=FailedDeliveries(wiring.table("LEDGER_TABLE")),
        archive=Archive(
            wiring.station.s3,
            environment["ARCHIVE_BUCKET"],
            environment["KEPT_BUCKET"],
            wiring.forgotten,
        ),
        lanes=json.loads(environment["LANES"]),
    )


def handler(event: dict[str, Any], context: object) -> Any:
    """Put one SQS batch away; what could not be stays in its dead-letter queue."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    with processor(event["Records"], _put_away):
        processor.process()
    for _, error, _ in processor.exceptions:
        if error:
            trouble.tell("left in its queue", error)
    return processor.response()


def _put_away(record: SQSRecord) -> None:
    wired = services()
    letter = Letter(
        message_id=record.message_id,
        body=record.body,
        lane=wired.lanes.get(record.event_source_arn, ""),
        receives=int(record.attributes.approximate_receive_count or 1),
    )
    wired.put_away(letter)
