"""What is deployed: whether it is there, and whether anything was given up."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError, ParamValidationError

from cli.deployment import Deployment
from shopbridge.lanes import LANES
from shopbridge.reconciliation.ages import ages
from shopbridge.reconciliation.connection import queues
from shopbridge.reconciliation.finding import Check, bad, good, judged

DEAD = ("-dead", "failed-invocations", "undelivered-events", "uncounted", "unfinished-jobs")


def account(deployment: Deployment) -> Iterator[Check]:
    """Look at the deployment, the client secrets and the dead-letter queues."""
    try:
        parts = deployment.parts
    except ClientError as exc:
        yield bad(
            "account",
            "deployment",
            exc.response.get("Error", {}).get("Code", ""),
            why="Nothing is deployed under this stage and region, or you may not read it.",
            mend=f"node_modules/.bin/cdk deploy --all -c stage={deployment.stage}",
        )
        return
    yield good("account", "deployment", parts["api_url"])
    yield _secrets(deployment)
    yield from queues(_ages(deployment))
    waiting = _dead(deployment)
    yield judged(
        "account",
        "dead-letter queues",
        not waiting,
        ", ".join(f"{name}: {count}" for name, count in waiting.items()) or "empty",
        why="What lies there was given up, and its own worker could not put it away either.",
        mend=f"aws logs tail --follow --since 1d --filter-pattern ERROR # {deployment.stage}",
    )


def _secrets(deployment: Deployment) -> Check:
    name = deployment.parts.get("client_secrets_parameter", "")
    try:
        parameter = deployment.client("ssm").get_parameter(Name=name, WithDecryption=True)
        count = len(json.loads(parameter["Parameter"]["Value"]))
    except (ClientError, ParamValidationError, ValueError, TypeError):
        count = 0
    return judged(
        "account",
        "client secrets",
        count > 0,
        f"{count} in {name}",
        why="Without them every webhook and every session is refused with 401.",
        mend=f"aws ssm put-parameter --type SecureString --name {name} --value '[\"shpss_...\"]'",
    )


def _ages(deployment: Deployment) -> dict[str, timedelta]:
    """Ask how long the oldest message of each lane waits; the local run does not measure it."""
    if deployment.endpoint:
        return {}
    lanes = {name: url for name, url in deployment.parts["queues"].items() if name in LANES}
    return ages(deployment.client("cloudwatch"), lanes, datetime.now(UTC))


def _dead(deployment: Deployment) -> dict[str, int]:
    """Count what lies in each dead-letter queue that is not empty."""
    sqs = deployment.client("sqs")
    name = "ApproximateNumberOfMessages"
    found = {}
    for queue, url in deployment.parts["queues"].items():
        if queue.endswith(DEAD):
            answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
            found[queue] = int(answer["Attributes"][name])
    return {queue: count for queue, count in found.items() if count}
