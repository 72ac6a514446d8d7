"""A finding of the rule packs stops the synthesis unless somebody wrote down why it may stay."""

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs as sqs

from infra.checks import accept, check

WHY = {
    "AwsSolutions-SQS3": "It is a dead-letter queue itself.",
    "Serverless-SQSRedrivePolicy": "It is a dead-letter queue itself.",
}


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    """An app that is checked as ours is, with one queue that lets in plain HTTP."""
    app = cdk.App(outdir=str(tmp_path))
    stack = cdk.Stack(app, "Shopbridge-test-Core")
    accept(sqs.Queue(stack, "Queue"), WHY)
    check(app)
    return app


def test_a_finding_stops_the_synthesis(app: cdk.App) -> None:
    """One rule that nobody accepted is enough."""
    with pytest.raises(RuntimeError, match="AwsSolutions-SQS4"):
        app.synth()


def test_an_accepted_finding_does_not(app: cdk.App) -> None:
    """With a reason for the rest, the same queue passes."""
    queue = app.node.find_child("Shopbridge-test-Core").node.find_child("Queue")
    accept(queue, {"AwsSolutions-SQS4": "It lives for the length of a test."})

    assembly = app.synth()

    assert [stack.stack_name for stack in assembly.stacks] == ["Shopbridge-test-Core"]
