"""The stack between the webhooks and the outside: topic, queues, workers, API, alarms."""

import aws_cdk as cdk
from aws_cdk import aws_ssm as ssm

from infra.abandonment import Abandonment
from infra.alarms import Alarms
from infra.api import Api
from infra.catalogue import Catalogue
from infra.commands import Commands
from infra.counters import CONSENTS, LEDGER, Counters
from infra.data import Data
from infra.delivery import Delivery
from infra.deployment import Deployment
from infra.functions import base_of
from infra.historic_sync import HistoricSync
from infra.install import Install
from infra.jobs import Jobs
from infra.parts import Parts
from infra.queues import Queues
from infra.reconciliation import Reconciliation
from infra.settings import Settings
from infra.to_shopify import ToShopify
from infra.workers import WORKERS


class Core(cdk.Stack):
    """Reads top to bottom in the order data flows; what people need of it is in its outputs."""

    def __init__(
        self,
        scope: cdk.App,
        id_: str,
        *,
        deployment: Deployment,
        data: Data,
        env: cdk.Environment,
    ) -> None:
        super().__init__(scope, id_, env=env)
        lanes = tuple(lane for worker in WORKERS for lane in worker.queues())
        self.api = Api(self, "Api")
        self.queues = Queues(self, "Queues", deployment=deployment, lanes=lanes)
        self.commands = Commands(self, "Commands", queues=self.queues, key=data.keys.content)
        parts = Parts(
            deployment=deployment,
            data=data,
            base=base_of(self, deployment=deployment),
            api=self.api,
            queues=self.queues,
            commands=self.commands,
        )
        self.to_shopify = ToShopify(self, "ToShopify", parts)
        again = self.to_shopify.events
        resume = Jobs(self, "Jobs", parts, again=again).resume
        Install(self, "Install", parts, resume=resume)
        history = HistoricSync(self, "HistoricSync", parts)
        Delivery(self, "Delivery", parts, resume=resume, history=history)
        Settings(self, "Settings", parts, resume=resume, history=history, again=again)
        self.abandonment = Abandonment(self, "Abandonment", parts)
        self.catalogue = Catalogue(self, "Catalogue", parts)
        self.reconciliation = Reconciliation(self, "Reconciliation", parts, resume=resume)
        for name, of, table in (
            ("Counters", LEDGER, data.tables.ledger),
            ("ConsentCounters", CONSENTS, data.tables.contacts),
        ):
            Counters(
                self,
                name,
                of=of,
                table=table,
                ledger=data.tables.ledger,
                uncounted=self.queues.uncounted,
                base=parts.base,
            )
        self.alarms = Alarms(self, "Alarms", queues=self.queues, api=self.api, history=history.arn)
        ssm.StringParameter(
            self,
            "Deployment",
            parameter_name=deployment.parameter("deployment"),
            string_value=self.to_json_string(self._describe(parts, history)),
            tier=ssm.ParameterTier.INTELLIGENT_TIERING,
        )

        cdk.CfnOutput(self, "ApiUrl", value=self.api.http.api_endpoint)
        cdk.CfnOutput(self, "AlarmTopic", value=self.alarms.topic.topic_arn)

    def _describe(self, parts: Parts, history: HistoricSync) -> dict[str, object]:
        """What the command line must know to work on this deployment."""
        data, deployment = parts.data, parts.deployment
        queues = {**self.queues.lanes, **self.queues.last_resorts}
        return {
            "api_url": self.api.http.api_endpoint,
            "tables": {name: table.table_name for name, table in data.tables.by_name.items()},
            "queues": {name: queue.queue_url for name, queue in queues.items()},
            "commands_topic": self.commands.topic.topic_arn,
            "kept_bucket": data.buckets.kept.bucket_name,
            "archive_bucket": data.buckets.archive.bucket_name,
            "store_key": data.keys.secrets.key_arn,
            "client_id": deployment.client_id,
            "client_secrets_parameter": deployment.parameter("client-secrets"),
            "historic_sync": history.arn,
            "event_bus": deployment.bus_name(),
            "reconciliation": self.reconciliation.store.function_name,
            "sweep": self.abandonment.sweep.function_name,
            "feeds": self.catalogue.build.function_name,
            "alarm_topic": self.alarms.topic.topic_arn,
        }
