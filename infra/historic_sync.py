"""The historic sync: its state machine, its tasks, and who is told where one fails."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.checks import accept
from infra.functions import SourceFunction
from infra.historic_machine import TASKS, definition
from infra.parts import Parts
from infra.permission import Permission
from infra.topics import FUNCTIONS
from shopbridge import kept

# A task works until two thirds of this are over, and goes on in the next one.
SECONDS = 300

LANES = ("contacts-history", "activities-history", "catalogue-history")

# What bulk operations bring, until it is read.
RESULTS = f"{kept.RESULTS}*"

RUNS = (*permissions.WRITE, "Query")

# Calls of each task on tables, and whether it asks Shopify.
TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "plan": {"stores": permissions.UPDATE, "ledger": ()},
    "read": {"stores": permissions.UPDATE, "ledger": ("UpdateItem",)},
    "settle": {"stores": permissions.READ, "ledger": ("Query",)},
    "verify": {"stores": permissions.UPDATE, "ledger": ("Query",)},
    "finish": {"stores": permissions.READ, "ledger": ()},
}
ASK = frozenset({"plan", "read", "verify"})


class HistoricSync(Construct):
    """One state machine for all stores; an execution holds the name of a store and of a run."""

    def __init__(self, scope: Construct, id_: str, parts: Parts) -> None:
        super().__init__(scope, id_)
        self._parts = parts
        # By name: its tasks start it, and it starts its tasks.
        self.name = f"shopbridge-{parts.deployment.stage}-historic-sync"
        self.arn = cdk.Stack.of(self).format_arn(
            service="states",
            resource="stateMachine",
            resource_name=self.name,
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        tasks = {name: self._task(name) for name in TASKS}
        self.machine = self._machine(tasks)

    @property
    def start(self) -> Permission:
        """Starting an execution."""
        return permissions.start_execution(self.arn)

    def _machine(self, tasks: Mapping[str, SourceFunction]) -> sfn.CfnStateMachine:
        log = logs.LogGroup(
            self,
            "Log",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        may = [*map(permissions.invoke, tasks.values()), permissions.deliver_logs()]
        role = iam.Role(
            self,
            "MachineRole",
            assumed_by=iam.ServicePrincipal("states.amazonaws.com"),
            inline_policies={"Own": iam.PolicyDocument(statements=[p.statement for p in may])},
        )
        accept(role, permissions.deliver_logs().findings(self))
        arns = {name: function.function_arn for name, function in tasks.items()}
        machine = sfn.CfnStateMachine(
            self,
            "Machine",
            state_machine_name=self.name,
            role_arn=role.role_arn,
            definition_string=cdk.Stack.of(self).to_json_string(definition(arns)),
            logging_configuration=sfn.CfnStateMachine.LoggingConfigurationProperty(
                level="ALL",
                include_execution_data=False,
                destinations=[
                    sfn.CfnStateMachine.LogDestinationProperty(
                        cloud_watch_logs_log_group=sfn.CfnStateMachine.CloudWatchLogsLogGroupProperty(
                            log_group_arn=log.log_group_arn
                        )
                    )
                ],
            ),
        )
        accept(machine, TRACED)
        return machine

    def _task(self, name: str) -> SourceFunction:
        return SourceFunction(
            self,
            FUNCTIONS / "historic_sync" / f"{name}.py",
            base=self._parts.base,
            environment=self._environment(name),
            permissions=self._permissions(name),
            timeout_seconds=self._parts.deployment.worker_seconds(SECONDS),
            memory_mb=512,
        )

    def _environment(self, name: str) -> dict[str, str]:
        data = self._parts.data
        told = {
            **data.tables.told("runs", "stores", "ledger"),
            "KEPT_BUCKET": data.buckets.kept.bucket_name,
            "HISTORIC_SYNC_ARN": self.arn,
        }
        if name == "read":
            urls = {lane: self._parts.queues.lanes[lane].queue_url for lane in LANES}
            told["HISTORY_LANES"] = cdk.Stack.of(self).to_json_string(urls)
        return told | (self._parts.tokens.environment if name in ASK else {})

    def _permissions(self, name: str) -> list[Permission]:
        data, tables = self._parts.data, self._parts.data.tables.by_name
        may = [permissions.table(tables["runs"], RUNS), self.start]
        may += [permissions.table(tables[t], does) for t, does in TABLES[name].items() if does]
        if name in ASK:
            may += self._parts.tokens.permissions
        may += [
            permissions.get(data.buckets.kept, "runs/*"),
            permissions.put(data.buckets.kept, "runs/*"),
            # Without it S3 says of an object that is not there that access is denied.
            permissions.list_objects(data.buckets.kept),
            permissions.use_key(data.keys.content, "s3"),
        ]
        if name == "read":
            may += [
                permissions.get(data.buckets.kept, RESULTS),
                permissions.put(data.buckets.kept, RESULTS),
                permissions.delete(data.buckets.kept, RESULTS),
                permissions.abort(data.buckets.kept, RESULTS),
            ]
            may += [permissions.send(self._parts.queues.lanes[lane]) for lane in LANES]
        return may


UNTRACED = "Nothing reads X-Ray here: the run's own rows say how far it is."
TRACED = {
    "AwsSolutions-SF2": UNTRACED,
    "Serverless-StepFunctionStateMachineXray": UNTRACED,
}
