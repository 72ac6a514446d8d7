"""Archives every delivery as it arrived: gzip JSON lines in S3, by store and date."""

from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import SQSEvent

from shopbridge.archive.writer import Archive
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment

logger = Logger()


@cache
def archive() -> Archive:
    """Build the archive once per warm function."""
    environment = Environment()
    s3 = boto3.client("s3", config=PATIENCE)
    forgotten = Wiring(environment).forgotten
    return Archive(s3, environment["ARCHIVE_BUCKET"], environment["KEPT_BUCKET"], forgotten)


def handler(event: dict[str, Any], context: object) -> dict[str, list[dict[str, str]]]:
    """Archive one SQS batch; what failed comes again when its visibility timeout ends."""
    texts = {record.message_id: record.body for record in SQSEvent(event).records}
    failed = archive().add(texts)
    for reason in sorted(set(failed.values())):
        logger.warning("not archived", extra={"reason": reason})
    logger.info("archived", extra={"deliveries": len(texts) - len(failed)})
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
