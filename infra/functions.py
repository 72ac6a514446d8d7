"""How one file under `functions/` becomes one Lambda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.assets import REQUIREMENTS, Assets
from infra.checks import accept
from infra.deployment import Deployment
from infra.lambda_runtime import ARCHITECTURE, RUNTIME
from infra.layers import Layers
from infra.permission import Permission
from infra.topics import FUNCTIONS, summary
from shopbridge.telemetry import NAMESPACE, SERVICE


@dataclass(frozen=True, kw_only=True)
class Base:
    """What every Lambda of a stack gets."""

    assets: Assets
    layers: Sequence[lambda_.ILayerVersion]
    environment: Mapping[str, str]


class SourceFunction(lambda_.Function):
    """
    A Lambda made of exactly one source file, with a role and a log group of its own.

    Its asset holds that file alone, so a change redeploys this Lambda and no other;
    everything shared comes from the layers.
    """

    def __init__(
        self,
        scope: Construct,
        source: Path,
        *,
        base: Base,
        environment: Mapping[str, str],
        permissions: Sequence[Permission],
        timeout_seconds: int,
        memory_mb: int = 256,
    ) -> None:
        id_ = name(source)
        log_group = logs.LogGroup(
            scope,
            f"{id_}Logs",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        super().__init__(
            scope,
            id_,
            description=summary(source)[:256],
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=f"{source.stem}.handler",
            code=base.assets.function(source),
            layers=list(base.layers),
            environment={**base.environment, **environment},
            timeout=cdk.Duration.seconds(timeout_seconds),
            memory_size=memory_mb,
            role=_role(scope, f"{id_}Role", permissions, log_group),
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.DISABLED,
        )
        accept(self, REASONS)


def _role(
    scope: Construct,
    id_: str,
    permissions: Sequence[Permission],
    log_group: logs.ILogGroup,
) -> iam.IRole:
    """A role that may do exactly `permissions`, and write its own log."""
    writes_log = Permission(
        actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group.log_group_arn]
    )
    statements = [permission.statement for permission in (writes_log, *permissions)]
    role = iam.Role(
        scope,
        id_,
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        inline_policies={"Own": iam.PolicyDocument(statements=statements)},
    )
    for permission in permissions:
        accept(role, permission.findings(scope))
    return role.without_policy_updates()


def name(source: Path) -> str:
    """The construct of the Lambda of `source`: `orders/create.py` is `OrdersCreate`."""
    parts = source.relative_to(FUNCTIONS).with_suffix("").parts[1:]
    return "".join(part.title() for part in parts).replace("_", "")


def base_of(scope: Construct, *, deployment: Deployment, requirements: Path = REQUIREMENTS) -> Base:
    """What every Lambda of `scope` gets; makes the stack's layers."""
    assets = Assets(scope, platform=deployment.platform)
    return Base(
        assets=assets,
        layers=Layers(scope, "Layers", assets=assets, requirements=requirements).all,
        environment={
            "STAGE": deployment.stage,
            "LOG_LEVEL": "INFO",
            "POWERTOOLS_SERVICE_NAME": SERVICE,
            "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
            **deployment.redirects,
        },
    )


REASONS = {
    "Serverless-LambdaTracing": "Nothing reads X-Ray here: the ledger is the trace of a delivery.",
    "Serverless-LambdaDLQ": "Queues and on-failure destinations keep what failed; they tell more.",
    "Serverless-LambdaLatestVersion": "3.14 starts 18-25 % slower, and start-up is our main cost.",
    "AwsSolutions-L1": "3.14 starts 18-25 % slower, and start-up is our main cost.",
}
