"""A function that nobody waits for, and the schedule that runs it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from infra import permissions as allowed
from infra.functions import Base, SourceFunction
from infra.permission import Permission


class Job(SourceFunction):
    """Tried again by Lambda, `retries` times; then it leaves its event in `unfinished`."""

    def __init__(
        self,
        scope: Construct,
        source: Path,
        *,
        base: Base,
        environment: Mapping[str, str],
        permissions: Sequence[Permission],
        timeout_seconds: int,
        unfinished: IQueue,
        retries: int = 2,
    ) -> None:
        super().__init__(
            scope,
            source,
            base=base,
            environment=environment,
            permissions=[*permissions, allowed.send(unfinished)],
            timeout_seconds=timeout_seconds,
            memory_mb=512,
        )
        lambda_.CfnEventInvokeConfig(
            self,
            "Retries",
            function_name=self.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=retries,
            maximum_event_age_in_seconds=6 * 3600,
            destination_config={"onFailure": {"destination": unfinished.queue_arn}},
        )


class Schedule(Construct):
    """Runs one job, with a role of its own; what could not be started lies in `unfinished`."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        job: Job,
        *,
        description: str,
        expression: str,
        unfinished: IQueue,
        within_minutes: int = 0,
    ) -> None:
        super().__init__(scope, id_)
        window = scheduler.CfnSchedule.FlexibleTimeWindowProperty
        scheduler.CfnSchedule(
            self,
            "Schedule",
            description=description,
            schedule_expression=expression,
            flexible_time_window=window(mode="FLEXIBLE", maximum_window_in_minutes=within_minutes)
            if within_minutes
            else window(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=job.function_arn,
                role_arn=self._role(job, unfinished).role_arn,
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=unfinished.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=24 * 3600, maximum_retry_attempts=185
                ),
            ),
        )

    def _role(self, job: Job, unfinished: IQueue) -> iam.Role:
        may = [allowed.invoke(job), allowed.send(unfinished)]
        return iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Stack.of(self).account}},
            ),
            inline_policies={"Own": iam.PolicyDocument(statements=[p.statement for p in may])},
        )
